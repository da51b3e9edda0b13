"""Who may see which row, and do what with it: accounts, the role table, the viewer, and `visible_to`.

A right follows an appointment: the viewer's scopes are read anew for each request, so that it ends when the appointment
ends. What a viewer may not see does not exist, on any surface, because every read starts with `visible_to(viewer)`.
"""
