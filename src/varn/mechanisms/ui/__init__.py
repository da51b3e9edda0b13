"""The shell and the components that every page is made of: list, detail, move, form. docs/mechanisms/ui.md says how.

It knows no area: an area gives it rows, words and moves. What the shell shows from above, such as the navigation and
the number of notices, is named in the settings.
"""
