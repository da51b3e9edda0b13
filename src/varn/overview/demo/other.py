"""Other minutes in place of the demo's own decision."""

from datetime import date
from pathlib import Path

from varn.areas.decisions.reader import as_json, read_file
from varn.overview.demo.days import DECIDED, Days
from varn.overview.demo.deciding import confirmed
from varn.overview.demo.story import Minutes, minutes

SECRETARY = "Birgitta Wikner"


def from_file(path: Path, *, today: date) -> tuple[Days, Minutes]:
    """The decision in the file as the demo's main one, and the days that follow from its own day.

    Raises the reader's `Unreadable` when it is not minutes, and `NothingDecided` when no § decides anything.
    """
    content = path.read_bytes()
    found = confirmed([as_json(paragraph) for paragraph in read_file(content, path.name)], day=DECIDED)
    decided = found.date or DECIDED
    days = Days(today=today, moved=decided - DECIDED, year=decided.year + 1)
    main = next(each for each in minutes() if each.main)
    after = {name: getattr(main, name) for name in ("registered", "verified", "posted", "dispatched")}
    told = Minutes(
        file=path.name, date=DECIDED, secretary=SECRETARY, content=content, acknowledged=main.acknowledged, **after
    )
    return days, told
