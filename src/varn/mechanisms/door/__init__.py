"""The door: signing in and out, accounts, the role table as a page, and the feedback that anyone may send.

What an account opens is `access`'s to say; here it is only made, closed and entered. The pages of the demo, where one
click signs in as somebody else, are here too and exist only in a demo.
"""
