"""What was taken out, with what was searched for: no page shows it."""

from collections.abc import Iterator

from varn.kernel.planting import Plot, Thing
from varn.mechanisms.exports.actions import record_export

UNPLANTED = {
    "Export.name": "a key of the product's own",
    "Export.file_format": "a key of the product's own",
}


def plant(plot: Plot) -> Iterator[Thing]:
    """Somebody has taken out a list of the department."""
    filters = {"q": [plot.words()("Export.filters")]}
    record_export(name="organisation:units", filters=filters, rows=1, file_format="csv", by=plot.by, at=plot.at)
    yield from ()
