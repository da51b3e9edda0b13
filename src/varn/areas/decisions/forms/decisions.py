"""Forms for what happens to a decision after the meeting, and for bodies."""

import re
from contextlib import suppress
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from varn.areas.decisions.forms.fields import NamedField
from varn.areas.decisions.models import Body, Decision
from varn.areas.decisions.queries import decisions, touched_by_annulling
from varn.areas.decisions.rules import Rank, normal_paragraph
from varn.areas.organisation.queries import units_on
from varn.mechanisms.ui.forms import DayField, Form, LastDayField, WordChoiceField

HELP = _("Choose from the list, or search: reference, date and § (2022-02-14 § 31), case number, words of heading.")
UNKNOWN = _("No such decision was found among those that may be chosen here.")
MOST_DECISIONS = 200
CITATION = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)\s*§\s*(?P<paragraph>\d+\s?[a-z]?)")
SEATS = ("municipality", "committee", "company")


def find_decisions(rows: QuerySet[Decision], words: str) -> list[Decision]:
    """The decisions among these that the words name: by reference, by date and §, by case number, or by the heading."""
    named = Q(reference__iexact=words.strip()) | Q(case_number__iexact=words.strip())
    cited = CITATION.search(words)
    if cited:
        with suppress(ValueError):
            named |= Q(date=date.fromisoformat(cited["day"]), paragraph=normal_paragraph(cited["paragraph"]))
    return list(rows.filter(named)[:2]) or list(rows.filter(title__icontains=words.strip())[:2])


def offer_decisions(field: NamedField, rows: QuerySet[Decision]) -> None:
    """The field finds these decisions and suggests the latest of them."""
    latest = rows.order_by("-date", "-pk")[:MOST_DECISIONS]
    field.offer(
        lambda words: find_decisions(rows, words), [(row.reference, f"{row.citation} {row.title}") for row in latest]
    )


class OnDayForm(Form):
    """The day on which it happened."""

    asks_reason = False

    date = DayField(label=_("Day"))

    def __init__(self, *args: Any, thing: Decision, **kwargs: Any) -> None:
        self.thing = thing
        super().__init__(*args, **kwargs)

    def build(self) -> None:
        """The last day that the law leaves is said, while the decision waits to be verified or posted."""
        last = {"registered": self.thing.verify_by_date, "verified": self.thing.post_by_date}.get(self.thing.state)
        if last is not None:
            self.fields["date"].help_text = _("No later than %(day)s.") % {"day": last}


class CorrectDaysForm(Form):
    """The right days of verification and posting, and why those given were wrong."""

    verified_date = DayField(label=_("Verified"))
    posted_date = DayField(label=_("Posted"))
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, thing: Decision, **kwargs: Any) -> None:
        self.thing = thing
        super().__init__(*args, **kwargs)

    def build(self) -> None:
        """The days that are given stand there; a decision that is not posted has one."""
        self.fields["verified_date"].initial = self.thing.verified_date
        self.fields["posted_date"].initial = self.thing.posted_date
        if self.thing.posted_date is None:
            del self.fields["posted_date"]


class ChooseDecisionForm(Form):
    """Which later decision does it."""

    repealed_by = NamedField(label=_("Later decision that repeals it"), help_text=HELP, nobody=UNKNOWN)

    def __init__(self, *args: Any, thing: Decision, **kwargs: Any) -> None:
        self.thing = thing
        super().__init__(*args, **kwargs)

    def build(self) -> None:
        """The later decisions of the same or a higher body."""
        ruling = Body.objects.ruling_over(self.thing.body)
        rows = decisions(viewer=self.viewer).valid().exclude(pk=self.thing.pk)
        rows = rows.filter(body__in=ruling, date__gte=self.thing.date)
        offer_decisions(self.fields["repealed_by"], rows)


class AnnulForm(Form):
    """Why the decision is annulled, with what that does to assignments."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, thing: Decision, **kwargs: Any) -> None:
        self.thing = thing
        super().__init__(*args, **kwargs)

    def build(self) -> None:
        """The reason is asked for beneath what annulling opens again and what falls with it."""
        reopened, fallen = touched_by_annulling(self.thing, viewer=self.viewer)
        told = [
            (_("Opened again: %(references)s."), reopened),
            (_("Annulled with the decision: %(references)s."), fallen),
        ]
        said = [str(words) % {"references": ", ".join(row.reference for row in rows)} for words, rows in told if rows]
        self.fields["reason"].help_text = " ".join(said) or _("No assignment is touched by it.")


class FollowForm(Form):
    """Which earlier decision this one follows up."""

    follows = NamedField(label=_("Earlier decision"), help_text=HELP, nobody=UNKNOWN)

    def __init__(self, *args: Any, thing: Decision, **kwargs: Any) -> None:
        self.thing = thing
        super().__init__(*args, **kwargs)

    def build(self) -> None:
        """The decisions up to this one's day."""
        rows = decisions(viewer=self.viewer).valid().filter(date__lte=self.thing.date).exclude(pk=self.thing.pk)
        offer_decisions(self.fields["follows"], rows)
        self.fields["follows"].need_unless(self.initial["follows"], emptied=_("Leave it empty to take the link away."))


class BodyForm(Form):
    """A body: its name, rank and the unit it decides for."""

    name = forms.CharField(label=_("Name"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=20, required=False)
    rank = WordChoiceField(
        label=_("Rank"),
        prefix="decisions:rank.",
        keys=[rank.name.lower() for rank in reversed(Rank)],
        help_text=_("A higher body may close what a lower one has assigned."),
    )
    unit = forms.ModelChoiceField(label=_("Decides for"), queryset=None)
    until_date = LastDayField(label=_("Last day"), required=False, help_text=_("Only for a body that has ceased."))

    def __init__(self, *args: Any, thing: Body | None = None, **kwargs: Any) -> None:
        self.thing = thing
        super().__init__(*args, **kwargs)

    def build(self) -> None:
        """The municipality, its committees and companies."""
        self.fields["unit"].queryset = units_on(self.viewer.day, viewer=self.viewer, kinds=SEATS)
        if self.thing is None:
            del self.fields["until_date"]

    def clean_name(self) -> str:
        """A name that no other body has."""
        name = " ".join(self.cleaned_data["name"].split())
        others = Body.objects.filter(name__iexact=name).exclude(pk=self.thing.pk if self.thing else None)
        if others.exists():
            raise ValidationError(_("There is already a body of this name."))
        return name

    def clean_rank(self) -> Rank:
        """The rank as what it is."""
        return Rank[self.cleaned_data["rank"].upper()]


class MeetingForm(Form):
    """A day on which the body meets."""

    date = DayField(label=_("Day"))
