"""Between the form that a person confirms and the confirmed decision: initial values out, a decision in."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.http import QueryDict

from varn.areas.decisions.forms.confirming import KINDS, HeadForm, Part, Rows
from varn.areas.decisions.forms.meaning import NEW, ask_about_assignments, ask_about_closings, ask_about_extensions
from varn.areas.decisions.rules import (
    ConfirmedAssignment,
    ConfirmedClause,
    ConfirmedClosing,
    ConfirmedDeadline,
    ConfirmedDecision,
    ConfirmedExtension,
    ConfirmedMotion,
    ConfirmedPassage,
    ConfirmedRecipient,
    ConfirmedSignature,
    ConfirmedVote,
    DeadlineKind,
    Fault,
    doubts,
    place_of,
    proposed,
    reasons_about_the_whole,
    words_of,
)
from varn.mechanisms.access.viewer import Viewer

HEAD = ("body", "date", "paragraph", "title", "case_number")
# What the reader calls the parts that the decision calls otherwise.
READER_NAMES = {"closings": "closes", "motions": "proposals", "mentions": "mentioned"}


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """The head and the rows of one § on its way to being registered."""

    found: Mapping[str, Any]
    head: HeadForm
    rows: dict[str, Rows]

    @property
    def parts(self) -> list[Part]:
        """The rows by kind, as the page shows them."""
        return [Part(name=name, kind=KINDS[name], rows=rows) for name, rows in self.rows.items()]

    def is_valid(self) -> bool:
        """Whether everything is filled in and everything uncertain is checked."""
        return all([self.head.is_valid(), *(rows.is_valid() for rows in self.rows.values())])

    def decision(self) -> ConfirmedDecision:
        """What the person has confirmed. Only of a valid form."""
        head = {name: self.head.cleaned_data[name] for name in HEAD}
        places = {number: place for place, (number, _) in enumerate(self.rows["clauses"].kept(), start=1)}
        return ConfirmedDecision(
            **head,
            text=self.found["text"],
            clauses=self._made("clauses", ConfirmedClause),
            assignments=tuple(_assignment(row, places) for row in self._kept("assignments")),
            closings=tuple(_closing(row) for row in self._kept("closings")),
            extensions=tuple(_extension(row, places) for row in self._kept("extensions")),
            motions=self._made("motions", ConfirmedMotion),
            votes=self._made("votes", ConfirmedVote),
            recipients=self._made("recipients", ConfirmedRecipient),
            signatures=self._made("signatures", ConfirmedSignature),
            **{name: self._made(name, ConfirmedPassage) for name in ("reservations", "basis", "related", "mentions")},
        )

    def refuse(self, faults: tuple[Fault, ...], sentences: Mapping[str, str]) -> None:
        """Each fault stands at its own row and field, or on the head when it is about the whole."""
        for fault in faults:
            part, _, rest = fault.field.partition("[")
            if part in self.rows and rest:
                place, _, field = rest.partition("].")
                form = self.rows[part].kept()[int(place)][1]
                form.add_error(FIELD_NAMES.get(field, field), sentences[fault.key])
            else:
                self.head.add_error(part if part in self.head.fields else None, sentences[fault.key])

    def _kept(self, name: str) -> list[dict[str, Any]]:
        return [form.cleaned_data for _, form in self.rows[name].kept()]

    def _made(self, name: str, kind: type) -> tuple[Any, ...]:
        fields = kind.__dataclass_fields__
        return tuple(kind(**{key: value for key, value in row.items() if key in fields}) for row in self._kept(name))


FIELD_NAMES = {"deadline.text": "deadline_words", "deadline.last": "last"}


def confirmation(
    found: Mapping[str, Any],
    *,
    viewer: Viewer,
    data: QueryDict | None,
    known: Mapping[str, Any],
    settled: bool = True,
) -> Confirmation:
    """The form of a § as the reader found it, or as a person has sent it. `known` fills in what the text leaves out.

    What is not `settled` is only on its way: nothing stands against it yet.
    """
    decision = proposed(found, body=known.get("body", ""), day=known.get("date"))
    head = {name: getattr(decision, name) for name in HEAD}
    reasons = reasons_about_the_whole(doubts(found))
    options = {"doubted": doubts(found), "settled": settled}
    shown = Confirmation(
        found=found,
        head=HeadForm(data, viewer=viewer, initial=head, prefix="head", reasons=reasons, settled=settled),
        rows={name: _rows(name, kind.rows, decision, found, data, options) for name, kind in KINDS.items()},
    )
    related = [row.text for row in decision.related]
    clauses = [row.said("text") for row in shown.rows["clauses"].forms]
    ask_about_assignments(shown.head, shown.rows["assignments"], related=related, viewer=viewer)
    ask_about_closings(shown.head, shown.rows["closings"], clauses=clauses, viewer=viewer)
    ask_about_extensions(shown.head, shown.rows["extensions"], clauses=clauses, viewer=viewer)
    return shown


def is_settled(found: Mapping[str, Any], *, viewer: Viewer) -> bool:
    """Whether nothing in the § waits for a person: nothing to tick, and nothing that a lower body has proposed."""
    shown = confirmation(found, viewer=viewer, data=None, known={})
    waits = shown.head.is_unsure or any(part.unsure for part in shown.parts)
    return not waits and not any("adopts" in row.fields for row in shown.rows["assignments"].forms)


def with_one_more(data: QueryDict, name: str) -> QueryDict:
    """What was sent, with an empty row more of this kind."""
    changed = data.copy()
    key = f"{name}-TOTAL_FORMS"
    changed[key] = str(int(changed.get(key) or 0) + 1)
    return changed


def _rows(
    name: str,
    rows: type[Rows],
    decision: ConfirmedDecision,
    found: Mapping[str, Any],
    data: QueryDict | None,
    options: Mapping[str, Any],
) -> Rows:
    initial = [_initial(name, place, part) for place, part in enumerate(getattr(decision, name))]
    spans, text = found.get("spans") or {}, found.get("text") or ""
    words = {row["path"]: words_of(text, spans, row["path"]) for row in initial}
    places = {row["path"]: place_of(spans, row["path"]) for row in initial}
    return rows(data, prefix=name, initial=initial, form_kwargs={**options, "words": words, "places": places})


def _initial(name: str, place: int, part: Any) -> dict[str, Any]:
    values = asdict(part) | {"path": f"{READER_NAMES.get(name, name)}[{place}]"}
    if name == "motions":
        values["by"] = "\n".join(part.by)
    if name == "assignments" and part.deadline:
        deadline = part.deadline
        values |= {"deadline_words": deadline.words, "deadline_kind": deadline.kind.value}
        values |= {"first": deadline.first, "last": deadline.last}
    return values


def _closing(row: dict[str, Any]) -> ConfirmedClosing:
    said = {name: row[name] for name in ("body", "date", "paragraph", "point", "outcome")}
    return ConfirmedClosing(**said, chosen=tuple(row["chosen"]) if "chosen" in row else None)


def _extension(row: dict[str, Any], places: Mapping[int, int]) -> ConfirmedExtension:
    assignment = row["assignment"].reference if row["assignment"] else ""
    return ConfirmedExtension(clause=places.get(row["clause"], 0), assignment=assignment, deadline=_deadline(row))


def _deadline(row: dict[str, Any]) -> ConfirmedDeadline | None:
    if not (row["deadline_words"] or row["first"] or row["last"]):
        return None
    return ConfirmedDeadline(
        words=row["deadline_words"],
        kind=DeadlineKind(row["deadline_kind"] or DeadlineKind.VAGUE),
        first=row["first"],
        last=row["last"],
    )


def _assignment(row: dict[str, Any], places: Mapping[int, int]) -> ConfirmedAssignment:
    return ConfirmedAssignment(
        clause=places.get(row["clause"], 0),
        assignee=row["assignee"],
        text=row["text"],
        in_force=row["in_force"],
        deadline=_deadline(row),
        report_form=row["report_form"],
        adopts=row.get("adopts", NEW).removeprefix(NEW),
        units=tuple(map(int, row["units"])) if "units" in row else None,
    )
