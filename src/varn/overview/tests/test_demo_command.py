"""`varn demo`: fills once, keeps what is there, and never touches another installation."""

import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from varn.areas.decisions.models import Assignment, Decision
from varn.areas.organisation.models import Appointment
from varn.mechanisms.access.models import Account
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.installation.models import Setting
from varn.overview.serving import held_alone, say_where

OTHER = """Barn- och utbildningsnämnden
Sammanträdesprotokoll 2024-03-12

§ 17 Skolgårdar
Dnr BUN 2024-88

Beslut
1. Kommundirektören får i uppdrag att se över belysningen på skolgårdarna senast 2024-10-31.

Beslutet skickas till
Samtliga förvaltningar
"""


@pytest.fixture
def home(tmp_path: Path, settings) -> Path:
    """An empty data folder."""
    settings.HOME, settings.DEMO_FILE = tmp_path, tmp_path / "demo.json"
    return tmp_path


def run(*options: str) -> str:
    said = StringIO()
    call_command("demo", "--no-serve", *options, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
def test_as_decided_the_real_days_stand_and_a_second_run_keeps_everything(home: Path) -> None:
    assert str(home) in run("--as-decided")
    decision = Decision.objects.get(paragraph="393")
    assert (decision.date, decision.case_number) == (date(2021, 12, 14), "KS 2021-1028")
    assert Assignment.objects.get(decision=decision, clause__position=1).due_date == date(2022, 12, 31)
    before = (Entry.objects.count(), Appointment.objects.count())
    assert "--reset" in run()
    assert (Entry.objects.count(), Appointment.objects.count()) == before


@pytest.mark.django_db
def test_the_demo_starts_from_any_other_minutes(home: Path, client: Client, settings) -> None:
    settings.DEMO = True
    file = home / "bun.txt"
    file.write_text(OTHER, encoding="utf-8")
    run("--decision", str(file))
    decision = Decision.objects.get()
    assert (decision.body.name, decision.paragraph) == ("Barn- och utbildningsnämnden", "17")
    assert Assignment.objects.get().due_date == date(2024, 10, 31)
    answers = Assignment.objects.get().assignee
    assert decision.dispatches.exclude(recipient__text=answers).count() == 10
    assert decision.dispatches.filter(recipient__text=answers).count() == 1
    page = re.sub("<[^>]*>", "", client.get(reverse("overview:try"), headers={"accept-language": "sv"}).text)
    assert "Barn- och utbildningsnämnden beslutade 2024-03-12 (§ 17): Skolgårdar" in page
    assert "Läs § 17" in page
    assert "393" not in page


@pytest.mark.django_db
def test_minutes_that_do_not_say_who_decided_and_when_are_not_given_a_body_and_a_day(home: Path) -> None:
    file = home / "utdrag.txt"
    file.write_text("Beslut\n1. Kommundirektören får i uppdrag att se över låsen.\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"--body[\s\S]*--date[\s\S]*--paragraph"):
        run("--decision", str(file))
    assert not Account.objects.exists()
    run("--decision", str(file), "--body", "Kommunfullmäktige", "--date", "2024-03-12", "--paragraph", "5")
    decision = Decision.objects.get()
    assert (decision.body.name, decision.date, decision.paragraph) == ("Kommunfullmäktige", date(2024, 3, 12), "5")


@pytest.mark.django_db
def test_what_is_no_minutes_is_refused_and_nothing_is_filled(home: Path) -> None:
    file = home / "list.txt"
    file.write_text("mjölk\nbröd\n", encoding="utf-8")
    with pytest.raises(CommandError):
        run("--decision", str(file))
    assert not Account.objects.exists()


@pytest.mark.django_db
def test_an_installation_that_is_no_demo_is_left_alone(home: Path, municipality: object) -> None:
    with pytest.raises(CommandError, match="inte är en demo"):
        run("--reset", "--yes")
    assert not Setting.objects.exists()
    assert not (home / "demo.json").exists()


@pytest.mark.django_db
def test_a_demo_that_is_served_already_is_told_with_its_address(home: Path) -> None:
    with held_alone(home) as place:
        say_where(place, "http://localhost:8000")
        with pytest.raises(CommandError, match="http://localhost:8000"):
            run()
    assert not (home / "demo.json").exists()
