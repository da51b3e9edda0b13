"""Register extracts: all that is kept about one person, gathered from what every app says of its own rows.

What the law keeps secret from the person is in no extract, and an extract looks the same whether there is any or not.
"""
