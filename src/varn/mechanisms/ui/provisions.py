"""The lawbook's rows in words, for the page Regelverk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varn.kernel.glossary import GLOSSARY
from varn.kernel.lawbook import LAW, Amount, Counting, Rule, RuleKind, RuleVersion
from varn.kernel.wording import counted_words, source_words, urgency_words, value_words
from varn.mechanisms.exports.columns import Column
from varn.mechanisms.ui.forms import word_choices
from varn.mechanisms.ui.words import language, word


@dataclass(frozen=True, kw_only=True)
class ShownVersion:
    """One version of a rule in words. `own_days` is the municipality's own number, if any; `own` says it."""

    version: RuleVersion
    value: str
    counting: str
    source: str
    mark: str
    checked: str
    needs_check: bool
    own_days: int | None = None
    own: str = ""
    is_now: bool = False


@dataclass(frozen=True, kw_only=True)
class ShownRule:
    """One rule in words, with the version that holds today."""

    rule: Rule
    title: str
    meaning: str
    kind: str
    track: str
    now: ShownVersion | None


RULES = (
    Column(gettext_lazy("Rule"), lambda shown: shown.rule.id),
    Column(gettext_lazy("Field of law"), lambda shown: shown.track),
    Column(gettext_lazy("Kind"), lambda shown: shown.kind),
    Column(gettext_lazy("What it says"), lambda shown: shown.title),
    Column(gettext_lazy("Explanation"), lambda shown: shown.meaning),
    Column(gettext_lazy("Value"), lambda shown: shown.now and shown.now.value),
    Column(gettext_lazy("The municipality’s own days"), lambda shown: shown.now and shown.now.own_days),
    Column(gettext_lazy("Source"), lambda shown: shown.now and shown.now.source),
    Column(gettext_lazy("Checked"), lambda shown: shown.now and shown.now.checked),
)


class RuleFilter(forms.Form):
    """Search, field of law and kind."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=100)
    track = forms.ChoiceField(label=gettext_lazy("Field of law"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("All"))]
        tracks = dict.fromkeys(dated.rule.track for dated in LAW.values())
        by_track: Any = self.fields["track"]
        by_kind: Any = self.fields["kind"]
        by_track.choices = everything + sorted(word_choices(tracks, "track."), key=lambda pair: pair[1])
        by_kind.choices = everything + word_choices((kind.value for kind in RuleKind), "rule_kind.")


def rows(form: RuleFilter, *, day: date, own: Mapping[str, int]) -> list[ShownRule]:
    """The rules that the filter leaves, in the lawbook's order."""
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    text = asked.get("q", "").casefold()
    return [
        shown
        for shown in (shown_rule(rule_id, day=day, own=own) for rule_id in LAW)
        if (not asked.get("track") or shown.rule.track == asked["track"])
        and (not asked.get("kind") or shown.rule.kind == asked["kind"])
        and all(part in _searched(shown) for part in text.split())
    ]


def marks() -> list[tuple[str, str]]:
    """What is said of how a row was checked, each in a few words and in a sentence."""
    in_swedish = language() == "sv"
    return [(each.short_sv, each.sv) if in_swedish else (each.short_en, each.en) for each in LAW.marks.values()]


def detail(rule_id: str, *, day: date, own: Mapping[str, int]) -> dict[str, Any]:
    """What the page of one rule shows."""
    shown = shown_rule(rule_id, day=day, own=own)
    now = shown.now.version if shown.now else None
    newest_first = reversed(LAW[rule_id].versions)
    versions = [_shown_version(each, is_now=each is now, own=own.get(rule_id)) for each in newest_first]
    return {"shown": shown, "versions": versions, "title": shown.title}


def shown_rule(rule_id: str, *, day: date, own: Mapping[str, int]) -> ShownRule:
    """One rule in the reader's language."""
    dated = LAW[rule_id]
    rule, version = dated.rule, dated.version_on(day)
    in_swedish = language() == "sv"
    return ShownRule(
        rule=rule,
        title=rule.title_sv if in_swedish else rule.title_en,
        meaning=rule.meaning_sv if in_swedish else rule.meaning_en,
        kind=capfirst(word(f"rule_kind.{rule.kind}")),
        track=capfirst(word(f"track.{rule.track}")),
        now=_shown_version(version, is_now=True, own=own.get(rule_id)) if version else None,
    )


def value_in_words(version: RuleVersion) -> str:
    """The value as a person would say it: "14 days", "31 October every year", "at once"; empty when it is not known."""
    if not version.value and version.urgency:
        return urgency_words(version, GLOSSARY, language())
    return value_words(version, GLOSSARY, language()) if version.value is not None else ""


def _shown_version(version: RuleVersion, *, is_now: bool, own: int | None) -> ShownVersion:
    mark, in_swedish = LAW.marks[version.verified], language() == "sv"
    return ShownVersion(
        version=version,
        value=value_in_words(version),
        counting=_counting(version.calendar),
        source=source_words(version, GLOSSARY, language()),
        mark=mark.sv if in_swedish else mark.en,
        checked=_checked(version) or (mark.short_sv if in_swedish else mark.short_en),
        needs_check=mark.needs_check and not version.is_checked,
        own_days=own,
        own=counted_words(own, _unit_of(version), GLOSSARY, language()) if own else "",
        is_now=is_now,
    )


def _checked(version: RuleVersion) -> str:
    """When somebody in the municipality checked the row, and who; empty while nobody has."""
    if not version.is_checked:
        return ""
    return _("Checked %(day)s by %(name)s") % {"day": version.checked_date, "name": version.checked_by}


def _counting(calendar: Counting | None) -> str:
    """What the value's own words leave out: that weekends and holidays count too."""
    return word(f"counting.{calendar}") if calendar is Counting.CALENDAR else ""


def _searched(shown: ShownRule) -> str:
    source = shown.now.source if shown.now else ""
    return f"{shown.rule.id} {shown.title} {shown.meaning} {source}".casefold()


def _unit_of(version: RuleVersion) -> str:
    return version.value.unit if isinstance(version.value, Amount) else "days"
