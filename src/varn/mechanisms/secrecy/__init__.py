"""Who is kept out and who is let in (sekretess): levels, compartments, conflicts of interest, sharing, and why.

The tables, and the one place where they are asked, are those of `access`. Here is what is done to them, and the pages.
"""
