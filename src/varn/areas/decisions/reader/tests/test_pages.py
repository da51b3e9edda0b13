"""What the pages add around a §: headers, footers, signatures, and what they say of body, day and case number."""

import pytest

from .invented import read, read_all, section

KINDS = ("Larm", "Lås", "Grindar", "Kameror", "Lampor")
SENT = "Beslut\nPlanen antas.\n\nBeslutet skickas till\nParkchefen\nRevisorerna\n\n"


@pytest.mark.parametrize(
    "foot",
    [
        "Ordförandes sign       Justerandes sign       Utdragsbestyrkande",
        "Justerares sign:                  Utdragsbestyrkande:",
        "Justering (sign)                     Expediering",
        "Signaturer:",
        "I tjänsten\nVera Malm, kommunsekreterare",
        "Rätt utdraget intygar\nVera Malm\nnämndsekreterare",
        "Bestyrkes i tjänsten",
        "Denna paragraf är omedelbart justerad.",
        "Dokumentet har signerats digitalt av Vera Malm",
        "Comfact Signature Referensnummer 12345SE",
        "NORRBY KOMMUN, Kommunstyrelsen, 2024-03-13",
        "Blad 7",
        "Postadress: Box 1, 123 45 Norrby   Telefon: 0123-456 78",
        "Anslaget 2024-03-21",
        "Justerat 2024-03-20   Anslaget 2024-03-21",
        "Protokollet anslås den 21 mars 2024 – 12 april 2024",
        "Anslagsdatum: 2024-03-21   Anslag tas ned: 2024-04-14",
        "Expedierat 2024-03-22 VM",
        "Beslutet vinner laga kraft 2024-04-14",
        "Justeras\nVera Malm\nBo Alm",
        "Justerat\nUtdragsbestyrkande",
    ],
)
def test_the_foot_of_a_page_is_no_recipient(foot: str) -> None:
    assert section(SENT + foot)["recipients"] == ["Parkchefen", "Revisorerna"]


def test_what_is_said_of_posting_and_verifying_is_no_signature() -> None:
    assert section(f"{SENT}Justerat 2024-03-20\nAnslaget 2024-03-21")["signatures"] is None


def test_a_label_of_the_signatures_is_told_once() -> None:
    found = section(f"{SENT}Justerandes sign   Utdragsbestyrkande\n\fJusterandes sign   Utdragsbestyrkande")
    assert found["signatures"] == {"lines": ["Justerandes sign", "Utdragsbestyrkande"], "digital": False}


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("foot", ["Parkchefen{gap}Akten", "Vera Malm{gap}Parknämnden"])
def test_recipients_that_end_every_page_are_recipients(foot: str, gap: str) -> None:
    sent = f"Beslutet skickas till\n{foot.format(gap=gap)}"
    pages = [f"§ {n} {name}\n\nBeslut\n{name} köps.\n\n{sent}\n" for n, name in enumerate(KINDS, start=3)]
    found = read_all("Kommunstyrelsen\n2024-03-13\n\n" + "\f".join(pages))
    assert [one["recipients"] for one in found] == [foot.format(gap=gap).split(gap)] * len(KINDS)


def test_clauses_that_recur_on_every_page_are_clauses() -> None:
    clauses = "1. Avsägelsen godkänns.\n2. Valnämnden får i uppdrag att fylla platsen"
    page = "§ {0} Avsägelse {0}\nKS 2024-{0}\n\nBeslut\n" + clauses
    found = read_all("Kommunstyrelsen\n2024-03-13\n\n" + "\n\f".join(page.format(n) for n in range(3, 9)))
    assert [(len(one["clauses"]), len(one["assignments"]), one["diarienummer"]) for one in found] == [
        (2, 1, f"KS 2024-{n}") for n in range(3, 9)
    ]


def test_a_footer_that_no_word_gives_away_is_no_recipient() -> None:
    page = "§ {0} Larm {0}\n\nBeslut\nLarm {0} köps.\n\n{1}\n\nNorrbyporten {0}\n\f"
    ends = ["Beslutet skickas till\nParkchefen", "Bakgrund\nLarmet är gammalt."] * 3
    found = read_all("Kommunstyrelsen\n2024-03-13\n\n" + "".join(page.format(n, end) for n, end in enumerate(ends, 3)))
    assert [one["recipients"] for one in found] == [["Parkchefen"], []] * 3


def test_the_number_of_the_minutes_in_every_head_is_no_recipient() -> None:
    head = "Regionstyrelsen\n28 april 2023\nSammanträdesprotokoll\nRS 2023/7\n\n"
    text = f"{head}§ 1 Plan\nRS 2022/88\n\n{SENT}{head}§ 2 Taxa\nRS 2022/89\n\nBeslut\nTaxan antas.\n"
    assert [(one["diarienummer"], one["recipients"]) for one in read_all(text)] == [
        ("RS 2022/88", ["Parkchefen", "Revisorerna"]),
        ("RS 2022/89", []),
    ]


def test_a_paragraph_goes_on_after_its_number_at_the_top_of_the_next_page() -> None:
    text = (
        "Beslut\nPlanen antas.\n\nUnderlag\nKarta\n"
        "\fKommunstyrelsen   2024-03-13   8 (9)\n\n§ 40 forts.\n\nExpedieras till\nParkchefen"
    )
    found = section(text)
    assert (found["basis"], found["recipients"]) == (["Karta"], ["Parkchefen"])


@pytest.mark.parametrize(
    "heading",
    [
        "Kommunstyrelsens beslut skickas till",
        "Exp:",
        "Exp. till",
        "Beslutet skickas till för kännedom",
        "Skickas för åtgärd till",
        "Ärendet expedieras till",
        "Mottagare av beslutet",
        "Underrättelse till",
        "Beslutet distribueras till",
    ],
)
def test_recipients_are_found_under_the_heading(heading: str) -> None:
    assert section(f"Beslut\nPlanen antas.\n\n{heading}\nParkchefen")["recipients"] == ["Parkchefen"]


@pytest.mark.parametrize(
    "heading", ["Underlag för beslutet", "Underlagshandlingar", "Beslutsunderlag i ärendet", "Till grund för beslutet"]
)
def test_documents_are_found_under_the_heading(heading: str) -> None:
    assert section(f"{heading}\nKarta, 2024-01-09\n\nBeslut\nPlanen antas.")["basis"] == ["Karta, 2024-01-09"]


@pytest.mark.parametrize(
    "heading",
    [
        "Parkförvaltningens förslag till beslut i Kommunstyrelsen",
        "Beredningsansvariga",
        "Utskottets beslutsordning",
        "Parkens särskilda förutsättningar",
    ],
)
def test_a_heading_nobody_has_met_ends_the_documents(heading: str) -> None:
    found = section(f"Beslutsunderlag\nKarta\n\n{heading}\n\nVera Malm, utredare\n\nBeslut\nPlanen antas.")
    assert found["basis"] == ["Karta"]


def test_a_document_keeps_the_word_enclosure() -> None:
    assert section("Beslutsunderlag\nKarta\nBilaga: Bild\n\nBeslut\nPlanen antas.")["basis"] == [
        "Karta",
        "Bilaga: Bild",
    ]


def test_a_unit_of_an_office_is_no_recipient_of_its_own() -> None:
    assert section("Beslut\nPlanen antas.\n\nExpedieras\nTekniska kontoret, avdelning Park")["recipients"] == [
        "Tekniska kontoret, avdelning Park"
    ]


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        ("§ 5 Plan för larm\nÄrendenummer: Ks 806/2023", "Ks 806/2023"),
        ("§ 5     SN 123/2023-709\n\nPlan för larm", "SN 123/2023"),
        ("§ 5 Plan för larm\nDiarienummer\nKS0523/22", "KS0523/22"),
        ("§ 5 Plan för larm\nKS23/55", "KS23/55"),
        ("§ 5 Plan för larm\nKS 23/0055", "KS 23/0055"),
        ("§ 5 Plan för larm\nDnr: 2023-55-041", "2023-55"),
        ("KS § 5      KS/2023:298 - 001\n\nPlan för larm", "KS/2023:298"),
        ("§ 5 (KS 2023/55)\nPlan för larm", "KS 2023/55"),
        ("Sn § 5   Au § 84   Dnr 2023/000031\n\nPlan för larm", "2023/000031"),
        ("§ 5 Plan för larm\nÄrende KS 2023/55", "KS 2023/55"),
    ],
)
def test_title_and_case_number_are_told_apart(lines: str, number: str) -> None:
    found = read(f"{lines}\n\nBeslut\nPlanen antas.")
    assert (found["title"], found["diarienummer"]) == ("Plan för larm", number)


def test_a_second_line_of_the_title_may_begin_with_a_capital() -> None:
    found = read("§ 5\nPlan för larm\nSvar på skrivelse\nDnr KS 2023/55\n\nBeslut\nPlanen antas.")
    assert (found["title"], found["diarienummer"]) == ("Plan för larm Svar på skrivelse", "KS 2023/55")


def test_an_excerpt_that_begins_in_a_sentence_has_no_title() -> None:
    assert read("larm som redan finns. Kostnaden är låg.\n\nBeslut\nPlanen antas.")["title"] is None


@pytest.mark.parametrize(
    "head",
    [
        "PROTOKOLL\nSammanträdesdatum     Sida\nNorrby kommun   2022-05-04   13/31\nKommunstyrelsen",
        "NORRBY STAD   SAMMANTRÄDESPROTOKOLL   Nr   Blad\nKommunstyrelsen   2022-05-04   14   K 8",
        "Kommunstyrelsen\nSammanträdesprotokoll\n2022-05-04 – 2022-05-05",
        "Kommunstyrelsen\nProtokoll 2022-05-04",
        "Kommunstyrelsen    Protokoll\n\nDatum:   2022-05-04\n\nJusterat den 18 maj 2022",
    ],
)
def test_the_day_of_the_meeting_is_read_from_the_head(head: str) -> None:
    found = read(f"{head}\n\n§ 5 Plan för larm\n\nBeslut\nPlanen antas.")
    assert (found["body"], found["date"]) == ("Kommunstyrelsen", "2022-05-04")


def test_the_name_of_a_body_that_the_columns_divide_is_put_together() -> None:
    head = "NORRBY KOMMUN   SAMMANTRÄDESPROTOKOLL   9\nKommunstyrelsens   2022-05-04\narbetsutskott"
    found = read(f"{head}\n\n§ 5 Plan för larm\n\nBeslut\nPlanen antas.")
    assert (found["body"], found["date"]) == ("Kommunstyrelsens arbetsutskott", "2022-05-04")


def test_a_day_at_the_foot_is_the_day_of_the_meeting() -> None:
    found = read(
        "§ 5 Plan för larm\n\nBeslut\nPlanen antas.\n\nNORRBY KOMMUN, Tekniska nämnden, 2022-05-04\nSida 7 av 19"
    )
    assert (found["body"], found["date"]) == ("Tekniska nämnden", "2022-05-04")
