"""Whom one can be in the demo, and what to try as each of them."""

import tomllib
from dataclasses import dataclass

from django.urls import reverse

from varn.areas.decisions.models import Decision
from varn.areas.organisation.models import AppointmentUnit
from varn.mechanisms.access.models import Account
from varn.mechanisms.links import url_of
from varn.mechanisms.ui.words import language
from varn.overview.demo.story import FOLDER

MAIN_PARAGRAPH = "393"


@dataclass(frozen=True, kw_only=True)
class Try:
    """One thing to try, and the page where."""

    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class PersonToTry:
    """Someone to be: the account, a sentence on who it is, what to try, and a file to try it with if one is needed."""

    account_id: int
    name: str
    text: str
    tries: list[Try]
    sample: str


def main_decision() -> Decision | None:
    """What the demo is about: the story's decision, or the one that it was started from instead."""
    rows = Decision.objects.select_related("body").order_by("date", "pk")
    return rows.filter(paragraph=MAIN_PARAGRAPH).first() or rows.order_by("pk").first()


def tells_story() -> bool:
    """Whether the demo tells its own story, in which assignments are worked on."""
    return Decision.objects.filter(paragraph=MAIN_PARAGRAPH, assignments__notes__isnull=False).exists()


def people_to_try() -> list[PersonToTry]:
    """The people of the demo that are worth being, in the order of the story, as far as they have an open account."""
    decision = main_decision()
    rows = tomllib.loads((FOLDER / "tries.toml").read_text(encoding="utf-8"))["people"]
    names = [row["name"] for row in rows]
    accounts = dict(Account.objects.filter(is_active=True, name__in=names).values_list("name", "pk"))
    spoken = language()
    return [
        PersonToTry(
            account_id=accounts[row["name"]],
            name=row["name"],
            text=row[spoken],
            tries=[_try(each, row["name"], spoken, decision) for each in row["tries"]],
            sample=row.get("sample", ""),
        )
        for row in rows
        if row["name"] in accounts
    ]


def _try(each: dict[str, str], name: str, spoken: str, decision: Decision | None) -> Try:
    label = each[spoken].format(paragraph=decision.paragraph if decision else "–")
    return Try(label=label, url=_address(each, name, decision))


def _address(each: dict[str, str], name: str, decision: Decision | None) -> str:
    """The page of the very thing, as long as the demo has it; otherwise the list it would stand in."""
    plain = reverse(each["page"])
    if "of" not in each:
        return plain
    if each["of"] == "decision":
        return url_of(decision) if decision else plain
    placed = AppointmentUnit.objects.filter(appointment__person__name=name).order_by("-from_date", "pk")
    placement = placed.select_related("unit").first()
    if placement is None:
        return plain
    return url_of(placement.unit) if each["of"] == "unit" else f"{plain}?under={placement.unit_id}"
