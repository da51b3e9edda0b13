import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from varn.areas.decisions.models import Decision
from varn.areas.decisions.tests.bodies import TEXT, Bodies


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    path = tmp_path / "protokoll.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_parse_prints_one_object_for_each_section(minutes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("decision", "parse", str(minutes), "--json")
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["paragraph"], found["diarienummer"], len(found["clauses"])) == ("393", "KS 2021-1028", 2)


def test_parse_writes_a_file_for_each_input(minutes: Path, tmp_path: Path) -> None:
    call_command("decision", "parse", str(minutes), "--out", str(tmp_path / "out"))
    assert json.loads((tmp_path / "out" / "protokoll.json").read_text(encoding="utf-8"))[0]["paragraph"] == "393"


def test_import_registers_what_the_text_and_the_options_say(bodies: Bodies, minutes: Path) -> None:
    call_command("decision", "import", str(minutes), "--date", "2021-12-14", "--yes", stdout=StringIO())
    decision = Decision.objects.get()
    assert (decision.body, decision.assignments.count()) == (bodies.board, 2)


def test_import_of_the_same_section_again_names_the_decision_that_is_there(bodies: Bodies, minutes: Path) -> None:
    call_command("decision", "import", str(minutes), "--date", "2021-12-14", "--yes", stdout=StringIO())
    said = StringIO()
    call_command("decision", "import", str(minutes), "--date", "2021-12-14", "--yes", stdout=said)
    assert Decision.objects.get().reference in said.getvalue()


def test_import_without_a_day_is_refused_and_nothing_is_stored(bodies: Bodies, minutes: Path) -> None:
    with pytest.raises(CommandError):
        call_command("decision", "import", str(minutes), "--yes", stdout=StringIO(), stderr=StringIO())
    assert not Decision.objects.exists()


def test_import_of_a_broken_file_says_so_in_swedish(bodies: Bodies, tmp_path: Path) -> None:
    broken = tmp_path / "protokoll.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    with pytest.raises(CommandError, match="PDF-filen"):
        call_command("decision", "import", str(broken), "--yes")


def test_whole_minutes_are_imported_only_when_it_is_said_which_section(bodies: Bodies, tmp_path: Path) -> None:
    path = tmp_path / "protokoll.txt"
    path.write_text(TEXT + "\n" + TEXT.replace("§ 393", "§ 394"), encoding="utf-8")
    with pytest.raises(CommandError, match="394"):
        call_command("decision", "import", str(path), "--date", "2021-12-14", "--yes")
    call_command(
        "decision", "import", str(path), "--date", "2021-12-14", "--yes", "--paragraph", "394", stdout=StringIO()
    )
    assert [decision.paragraph for decision in Decision.objects.all()] == ["394"]


def test_several_files_are_printed_as_one_list(
    minutes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "annat.txt"
    other.write_text(TEXT.replace("§ 393", "§ 394"), encoding="utf-8")
    call_command("decision", "parse", str(minutes), str(other), "--json")
    assert [found["paragraph"] for found in json.loads(capsys.readouterr().out)] == ["393", "394"]


def test_two_inputs_of_the_same_name_are_written_to_two_files(minutes: Path, tmp_path: Path) -> None:
    other = minutes.with_suffix(".utdrag")
    other.write_text(TEXT, encoding="utf-8")
    call_command("decision", "parse", str(minutes), str(other), "--out", str(tmp_path / "out"))
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"protokoll.txt.json", "protokoll.utdrag.json"}


def test_import_of_a_decision_by_a_body_that_is_not_here_says_so_in_swedish(bodies: Bodies, minutes: Path) -> None:
    bodies.board.delete()
    said = StringIO()
    with pytest.raises(CommandError, match="1 av 1 § registrerades inte"):
        call_command(
            "decision", "import", str(minutes), "--date", "2021-12-14", "--yes", stdout=StringIO(), stderr=said
        )
    assert "Inget beslutsorgan heter Kommunstyrelsen" in said.getvalue()


def test_import_without_anybody_to_answer_registers_nothing(
    bodies: Bodies, minutes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(""))
    with pytest.raises(CommandError, match="Ingen svarade"):
        call_command("decision", "import", str(minutes), "--date", "2021-12-14", stdout=StringIO())
    assert not Decision.objects.exists()


def test_a_day_that_is_no_day_is_refused_in_swedish(bodies: Bodies, minutes: Path) -> None:
    with pytest.raises(CommandError, match="inget datum"):
        call_command("decision", "import", str(minutes), "--date", "2021-13-14", "--yes")


def test_import_shows_what_it_understood_in_words_and_no_codes(bodies: Bodies, tmp_path: Path) -> None:
    path = tmp_path / "protokoll.txt"
    path.write_text("§ 7 Trygghet\n\nBeslut\n1. Kommundirektören får i uppdrag att se över låsen.\n", encoding="utf-8")
    said, refused = StringIO(), StringIO()
    with pytest.raises(CommandError):
        call_command("decision", "import", str(path), "--body", "Kommunstyrelsen", "--yes", stdout=said, stderr=refused)
    shown = said.getvalue() + refused.getvalue()
    assert "Kommunstyrelsen § 7 Trygghet" in shown
    assert "[ger uppdrag]" in shown
    assert "Uppdrag 1: ingen tid är angiven" in shown
    assert "Ange sammanträdets datum." in shown
    assert not any(code in shown for code in ("None", "assigns", "no_deadline_stated", "date:"))
