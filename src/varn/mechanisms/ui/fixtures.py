"""What a reader has saved for themselves, and the pages that say the same to everybody."""

from collections.abc import Iterator

from varn.kernel.lawbook import LAW
from varn.kernel.planting import Plot, Thing
from varn.mechanisms.ui.actions import save_view
from varn.mechanisms.ui.models import SavedView

UNPLANTED = {
    "SavedView.page": "a key of the product's own",
    "SavedView.path": "the address of a list",
}


def stand(plot: Plot) -> Iterator[Thing]:
    """The colours, the lawbook and the handbook."""
    yield Thing(name="ui:accent", keys={"look": "nothing"}, public=True)
    yield Thing(name="ui:rule", keys={"rule_id": next(iter(LAW))}, public=True)
    yield Thing(name="ui:handbook", keys={"slug": "kom-igang"}, public=True)


def plant(plot: Plot) -> Iterator[Thing]:
    """A record beside which comments and files can be put."""
    things = [thing for thing in plot.things.values() if not thing.public]
    noted = [one for one in things if getattr(type(one.record), "takes_notes", False)]
    area, _, kind = noted[0].name.partition(":")
    keys = {"area": area, "kind": kind, "pk": noted[0].record.pk}
    yield Thing(name="ui:record", keys=keys, record=noted[0].record, read=noted[0].read)


def give(plot: Plot) -> Iterator[Thing]:
    """A list as this reader wants to see it."""
    words, page = plot.words(), {"page": "organisation:units", "path": "/organisation/units/"}
    label, query = words("SavedView.label"), f"q={words.key('SavedView.query')}"
    save_view(label=label, query=query, by=plot.by, at=plot.at, **page)
    saved = SavedView.objects.get(label=label)
    yield Thing(name="ui:saved_view", keys={"pk": saved.pk}, record=saved)
