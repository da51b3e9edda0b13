"""The demo municipality: who is in it, what happens, and in which order it is brought about through the areas' actions.

`municipality.toml` is the place, `people.toml` the people, `story.toml` the decisions and what came of them, and
`minutes/` the excerpts that the reader of minutes reads.
"""
