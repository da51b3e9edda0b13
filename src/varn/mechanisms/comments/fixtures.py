"""A comment beside each record that takes them."""

from collections.abc import Iterator

from varn.kernel.planting import Plot, Thing
from varn.mechanisms.comments.actions import write_comment

UNPLANTED = {
    "Comment.written_by": "the name of the reader who did it",
    "Comment.function": "the functions of the reader who did it",
}


def plant(plot: Plot) -> Iterator[Thing]:
    """Each record of the department that takes comments has one. What stands beside a public one is public too."""
    for thing in plot.things.values():
        if not thing.public and getattr(type(thing.record), "takes_notes", False):
            words = plot.words(thing.read)
            write_comment(thing=thing.record, text=words("Comment.text"), by=plot.by, at=plot.at)
    yield from ()
