"""The kernel: plain Python that every storey above may use.

Levels, lifecycles, the lawbook, the Swedish calendar, the glossary and human references. Nothing here knows Django,
the database or what time it is.
"""
