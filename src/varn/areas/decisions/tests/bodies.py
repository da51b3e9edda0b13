"""The bodies of the small municipality, and confirmed decisions to register in them."""

from dataclasses import dataclass, replace
from datetime import date

from tests.people import Municipality
from varn.areas.decisions.models import Body
from varn.areas.decisions.rules import (
    ClauseKind,
    ConfirmedAssignment,
    ConfirmedClause,
    ConfirmedClosing,
    ConfirmedDeadline,
    ConfirmedDecision,
    ConfirmedMotion,
    ConfirmedPassage,
    ConfirmedRecipient,
    DeadlineKind,
    Purpose,
    Rank,
)

FIRST = "Kommundirektören får i uppdrag att bygga upp säkerhetsarbetet under 2022 och ha det klart senast till 2023."
SECOND = "Kommundirektören får i uppdrag att köpa en samordnartjänst från Ekby Fastigheter AB."
TEXT = f"""§ 393 Säkerhetsarbetet i kommunen

Dnr KS 2021-1028

Kommunstyrelsens beslut

1. {FIRST}
2. {SECOND}

Ärende
Pengarna finns i ärende KS 2021-53. En tjänst för bakgrundskontroller inrättas.

Yrkanden
Ada Alm (M) och Bea Björk (L) yrkar bifall till förslaget.

Beslutsunderlag
Tjänsteskrivelse 2021-12-06

Beslutet skickas till:
Samtliga nämnder
Samtliga förvaltningar
Ekby Fastigheter AB
Säkerhetschef, Anna Ahlberg
Kommunkansliet (uppdrag)
"""

DECIDED = ConfirmedDecision(
    body="Kommunstyrelsen",
    date=date(2021, 12, 14),
    paragraph="393",
    title="Säkerhetsarbetet i kommunen",
    case_number="KS 2021-1028",
    text=TEXT,
    clauses=(
        ConfirmedClause(number="1", text=FIRST, kind=ClauseKind.ASSIGNS),
        ConfirmedClause(number="2", text=SECOND, kind=ClauseKind.ASSIGNS),
    ),
    assignments=(
        ConfirmedAssignment(
            clause=1,
            assignee="Kommundirektören",
            text="bygga upp säkerhetsarbetet",
            deadline=ConfirmedDeadline(
                words="under 2022 och ha det klart senast till 2023",
                kind=DeadlineKind.YEAR,
                first=date(2022, 1, 1),
                last=date(2022, 12, 31),
            ),
        ),
        ConfirmedAssignment(
            clause=2, assignee="Kommundirektören", text="köpa en samordnartjänst från Ekby Fastigheter AB"
        ),
    ),
    motions=(ConfirmedMotion(by=("Ada Alm (M)", "Bea Björk (L)"), text="bifall till förslaget"),),
    basis=(ConfirmedPassage(text="Tjänsteskrivelse 2021-12-06"),),
    related=(ConfirmedPassage(text="KS 2021-53"),),
    mentions=(ConfirmedPassage(text="En tjänst för bakgrundskontroller inrättas."),),
    recipients=(
        ConfirmedRecipient(text="Samtliga nämnder", purpose=Purpose.INFORMATION),
        ConfirmedRecipient(text="Samtliga förvaltningar", purpose=Purpose.INFORMATION),
        ConfirmedRecipient(text="Ekby Fastigheter AB", purpose=Purpose.INFORMATION),
        ConfirmedRecipient(text="Säkerhetschef, Anna Ahlberg", purpose=Purpose.INFORMATION),
        ConfirmedRecipient(text="Kommunkansliet (uppdrag)", purpose=Purpose.ASSIGNMENT),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Bodies:
    """The bodies of the small municipality."""

    council: Body
    board: Body
    social: Body
    education: Body


def build_bodies(municipality: Municipality) -> Bodies:
    """The council stands above the board, and the board above the committees."""
    units = municipality.units
    return Bodies(
        council=Body.objects.create(name="Kommunfullmäktige", short_name="KF", rank=Rank.COUNCIL, unit=units["1"]),
        board=Body.objects.create(name="Kommunstyrelsen", short_name="KS", rank=Rank.EXECUTIVE_BOARD, unit=units["10"]),
        social=Body.objects.create(name="Socialnämnden", short_name="SN", rank=Rank.COMMITTEE, unit=units["20"]),
        education=Body.objects.create(name="Bildningsnämnden", short_name="BN", rank=Rank.COMMITTEE, unit=units["30"]),
    )


def closing(*, body: str = "Kommunstyrelsen", day: date, paragraph: str = "71", **said: object) -> ConfirmedDecision:
    """A decision that declares an assignment of § 393 done, under another case number."""
    text = "Redovisning av uppdraget antecknas och uppdraget förklaras fullgjort."
    reference = {"body": "Kommunstyrelsen", "date": DECIDED.date, "paragraph": "393", "point": "1"} | said
    return ConfirmedDecision(
        body=body,
        date=day,
        paragraph=paragraph,
        title="Redovisning av uppdrag",
        case_number="KS 2023-7",
        text=text,
        clauses=(ConfirmedClause(text=text, kind=ClauseKind.CLOSES),),
        closings=(ConfirmedClosing(outcome="antecknas och förklaras fullgjort", **reference),),
    )


def in_other(body: str, paragraph: str = "5", **changes: object) -> ConfirmedDecision:
    """The same decision as taken by another body."""
    return replace(DECIDED, body=body, paragraph=paragraph, **changes)
