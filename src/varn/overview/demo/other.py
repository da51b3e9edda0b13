"""Other minutes in place of the demo's own decision."""

from datetime import date
from pathlib import Path

from varn.areas.decisions.reader import as_json, read_file
from varn.overview.demo.days import DECIDED, Days
from varn.overview.demo.deciding import confirmed
from varn.overview.demo.story import Minutes, minutes

SECRETARY = "Birgitta Wikner"


def from_file(
    path: Path, *, body: str = "", day: date | None = None, paragraph: str = "", today: date
) -> tuple[Days, Minutes]:
    """The decision in the file as the demo's main one, and the days that follow from its own day.

    `body`, `day` and `paragraph` are for what the text does not say. Raises the reader's `Unreadable` when it is not
    minutes, `NothingDecided` when no § decides anything, and `NotStated` when it is not known by whom, when or as what.
    """
    content = path.read_bytes()
    read = [as_json(each) for each in read_file(content, path.name)]
    found = confirmed(read, body=body, day=day, paragraph=paragraph)
    decided = found.date or today
    days = Days(today=today, moved=decided - DECIDED, year=decided.year + 1)
    main = next(each for each in minutes() if each.main)
    after = {name: getattr(main, name) for name in ("registered", "verified", "posted", "dispatched")}
    told = Minutes(
        file=path.name,
        date=DECIDED,
        secretary=SECRETARY,
        content=content,
        body=found.body,
        paragraph=found.paragraph,
        acknowledged=main.acknowledged,
        **after,
    )
    return days, told
