"""A file that somebody has tried out and not yet brought in."""

from collections.abc import Iterator

from varn.kernel.planting import Plot, Thing
from varn.mechanisms.imports.actions import check_file
from varn.mechanisms.imports.permissions import Permission
from varn.mechanisms.imports.planning import try_out

UNPLANTED = {
    "Run.reference": "a number that the product gives",
    "Run.kind": "a key of the product's own",
    "Run.sha256": "a fingerprint",
    "Run.state": "a key of the product's own",
    "Run.counts": "numbers",
    "Run.fingerprints": "fingerprints",
    "Run.differing": "numbers",
    "Run.made_by": "the name of the reader who did it",
}


def plant(plot: Plot) -> Iterator[Thing]:
    """A person of the department stands in a file that was checked."""
    words, code = plot.words(general=(Permission.READ_RUNS,)), plot.about["unit"].code
    name = f"{words.key('Run.file_name')}.csv"
    rows = f"Anställningsnummer;Namn;Enhet (kod)\n{words.key('Run.rows')};{words('Run.rows')};{code}\n"
    tried = try_out(kind="people", name=name, content=rows.encode(), viewer=plot.by, at=plot.at)
    run = check_file(tried=tried, by=plot.by, at=plot.at)
    keys = {"reference": run.reference, "kind": "people"}
    yield Thing(name="imports:run", keys=keys, record=run, read=Permission.READ_RUNS)


def stand(plot: Plot) -> Iterator[Thing]:
    """The example of a file is everybody's who may bring one in."""
    yield Thing(name="imports:example", keys={"kind": "people", "file_format": "csv"}, public=True)
