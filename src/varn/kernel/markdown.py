"""The glossary and the lawbook as Markdown tables, for the documentation that is generated from them."""

from collections.abc import Iterable, Iterator, Sequence

from varn.kernel.glossary import GLOSSARY, Glossary, Kind, Term
from varn.kernel.lawbook import Lawbook
from varn.kernel.provisions import RuleVersion
from varn.kernel.wording import source_words, urgency_words, value_words


def glossary_markdown(glossary: Glossary) -> str:
    """One table per kind of term, in the order of the kinds, each term once."""
    sections = []
    for kind in Kind:
        terms = [term for term in glossary.values() if term.kind is kind]
        if terms:
            sections.append(
                f"## {kind.value.capitalize()}\n\n{table(('Key', 'Swedish', 'English', 'Note'), _terms(terms))}"
            )
    return "# Glossary\n\n" + "\n".join(sections)


def lawbook_markdown(lawbook: Lawbook, glossary: Glossary = GLOSSARY, language: str = "en") -> str:
    """One row per version of every rule, in the order of the ids, and below it what the marks mean."""
    head = ("Id", "Rule", "From", "Value", "Counted", "Source", "Mark", "Checked")
    rows = (
        _version_cells(version, glossary, language)
        for rule_id in sorted(lawbook)
        for version in lawbook[rule_id].versions
    )
    marks = ((mark.key, mark.sv if language == "sv" else mark.en) for mark in lawbook.marks.values())
    return f"# Lawbook\n\n{table(head, rows)}\n{table(('Mark', 'Meaning'), marks)}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The rows under the head as a Markdown table; a bar inside a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(_cell(text) for text in line) + " |\n" for line in lines)


def _terms(terms: Iterable[Term]) -> Iterator[Sequence[str]]:
    for term in terms:
        swedish = f"{term.sv} ({term.abbreviation})" if term.abbreviation else term.sv
        yield f"`{term.key}`", swedish, term.en, term.note or term.note_en


def _version_cells(version: RuleVersion, glossary: Glossary, language: str) -> Sequence[str]:
    title = version.rule.title_sv if language == "sv" else version.rule.title_en
    counted = urgency_words(version, glossary, language)
    if version.calendar:
        counted = glossary.word(f"counting.{version.calendar}", language)
    checked = glossary.word("counting.unverified", language)
    if version.is_checked:
        checked = f"{version.checked_date}, {version.checked_by}"
    since = str(version.from_date or "")
    value, source = value_words(version, glossary, language), source_words(version, glossary, language)
    return version.rule.id, title, since, value, counted, source, version.verified, checked


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
