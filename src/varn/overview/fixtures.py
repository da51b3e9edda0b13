"""The pages that gather from several areas, about a department's records."""

from collections.abc import Iterator

from varn.areas.organisation.permissions import Permission
from varn.kernel.planting import Plot, Thing

UNPLANTED = {"FirstRun.code_hash": "a hash"}


def stand(plot: Plot) -> Iterator[Thing]:
    """A panel of the whole picture, in which each reader sees what is theirs."""
    yield Thing(name="overview:picture", keys={"panel": "coverage"}, public=True)


def plant(plot: Plot) -> Iterator[Thing]:
    """What a holder hands over."""
    held = plot.made("organisation:appointment")
    keys = {"reference": held.reference}
    yield Thing(name="overview:handover", keys=keys, record=held, read=Permission.READ_APPOINTMENTS)
