"""An explanation in sentences, rule by rule, in the reader's language."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from varn.kernel.glossary import GLOSSARY
from varn.mechanisms.secrecy.explaining import Explanation, Finding, Rule
from varn.mechanisms.ui.words import functions, word

RULES = {
    Rule.SCOPE: _("Scope: the record lies within the units of an appointment"),
    Rule.SHARE: _("Share: the record is shared with the person or with a unit of theirs"),
    Rule.LEVEL: _("Level: a function opens records as sensitive as this"),
    Rule.COMPARTMENT: _("Compartment: the person is a member of the compartment that it lies in, if any"),
    Rule.CONFLICT: _("No conflict of interest: the case concerns neither the person nor anybody below them"),
}
SENTENCES = {
    "gives_no_reading": _("%(function)s in %(unit)s gives no right to read such records."),
    "everything": _("%(function)s in %(unit)s is an overview of the whole municipality."),
    "within": _("%(function)s in %(unit)s holds the record."),
    "outside": _("%(function)s in %(unit)s does not hold the record: it reaches no unit there."),
    "ground_body": _("It reaches %(unit)s, whose body decided it."),
    "ground_assignee": _("It reaches %(unit)s, which answers for an assignment."),
    "ground_delegate": _("It reaches %(unit)s, where an assignment is done by delegation."),
    "ground_support": _("It reaches %(unit)s, which supports an assignment."),
    "ground_proposer": _("It reaches %(unit)s, whose body proposed it."),
    "ground_recipient": _("It reaches %(unit)s, which was sent it."),
    "shared": _("Shared with %(name)s until %(until)s: %(ground)s"),
    "level": _("The record is %(level)s. %(ground)s"),
    "opens_level": _("%(function)s opens up to: %(level)s."),
    "level_too_low": _("%(function)s opens only up to: %(level)s."),
    "no_overview": _("%(function)s is an overview, and an overview opens nothing sensitive beyond its own authority."),
    "in_none": _("It lies in no compartment."),
    "is_member": _("The person is a member of %(compartment)s."),
    "is_no_member": _("The person is no member of %(compartment)s. Rank gives nothing here."),
    "is_subject": _("The case concerns the person: %(name)s, %(capacity)s."),
    "in_line": _("The person stands in the line of command over %(name)s, %(capacity)s."),
    "not_in_line": _("The person does not stand in the line of command over %(name)s, %(capacity)s."),
    "concerns_nobody": _("No subject is recorded."),
}


@dataclass(frozen=True, kw_only=True)
class ToldRule:
    """One rule in words, whether it holds (`None`: not told), and what was found."""

    name: str
    holds: bool | None
    lines: list[tuple[bool | None, str]]


def told(explanation: Explanation) -> list[ToldRule]:
    """The rules in turn."""
    return [
        ToldRule(
            name=str(RULES[rule]), holds=holds, lines=[_line(one) for one in explanation.findings if one.rule is rule]
        )
        for rule, holds in explanation.rules.items()
    ]


def verdict(explanation: Explanation) -> str:
    """The last sentence."""
    said = str(_("The person sees the record.") if explanation.sees else _("The person does not see the record."))
    if explanation.is_whole:
        return said
    return f"{said} {_('Conflicts of interest are left out: you may not read whom the case concerns.')}"


def _line(finding: Finding) -> tuple[bool | None, str]:
    values = {name: _value(name, value) for name, value in finding.values.items()}
    return finding.holds, (str(SENTENCES[finding.key]) % values).strip()


def _value(name: str, value: str) -> str:
    if name == "function":
        return capfirst(functions(value))
    return word(value) if value in GLOSSARY else value
