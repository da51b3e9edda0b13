"""The tables and filters of the lists."""

from typing import Any

import django_filters
import django_tables2
from django.db.models import Model, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from varn.areas.decisions.lifecycle import ASSIGNMENT, DECISION
from varn.areas.decisions.models import Assignment, Body, Closing, Decision, Dispatch, Reading
from varn.areas.decisions.queries import bodies
from varn.mechanisms.links import url_of
from varn.mechanisms.ui.filters import DayFilter, FilterSet, StateFilter, TextFilter
from varn.mechanisms.ui.tables import DayColumn, MomentColumn, StateColumn, Table, ThingColumn, WordColumn
from varn.mechanisms.ui.words import unbroken


class DecisionColumn(ThingColumn):
    """The decision as people call it, by body, date and §, linked."""

    def render(self, value: Decision, record: Model) -> SafeString:
        """Its citation leads to it."""
        return format_html('<a href="{}">{}</a>', url_of(value), unbroken(value.citation))


class WhatColumn(ThingColumn):
    """What is to be done, linked: it takes the room, and begins with a capital since it stands alone."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(attrs={"td": {"class": "wide"}}, **kwargs)

    def render(self, value: str, record: Model) -> str:
        """The words, with a capital."""
        return super().render(capfirst(value), record)


class BodyTable(Table):
    name = ThingColumn(verbose_name=_("Body"))
    short_name = django_tables2.Column(verbose_name=_("Short name"))
    rank = WordColumn(prefix="decisions:rank.", verbose_name=_("Rank"))
    unit = ThingColumn(verbose_name=_("Decides for"), orderable=False)

    class Meta(Table.Meta):
        model = Body
        fields = ("name", "short_name", "rank", "unit")


class ReadingTable(Table):
    reference = ThingColumn(verbose_name=_("Reference"))
    name = ThingColumn(verbose_name=_("Minutes"), orderable=False)
    file_name = django_tables2.Column(verbose_name=_("File"))
    created_at = MomentColumn(verbose_name=_("Read at"))
    created_by = django_tables2.Column(verbose_name=_("By"), orderable=False)

    class Meta(Table.Meta):
        model = Reading
        fields = ("reference", "name", "file_name", "created_at", "created_by")


class DecisionTable(Table):
    reference = ThingColumn(verbose_name=_("Reference"))
    date = DayColumn(verbose_name=_("Decided"))
    body = ThingColumn(link=False, verbose_name=_("Body"), orderable=False)
    paragraph = django_tables2.Column(verbose_name="§", orderable=False)
    title = ThingColumn(verbose_name=_("Heading"), orderable=False)
    case_number = django_tables2.Column(verbose_name=_("Case number"), orderable=False)
    state = StateColumn(orderable=False)

    class Meta(Table.Meta):
        model = Decision
        fields = ("reference", "date", "body", "paragraph", "title", "case_number", "state")
        shown = ("reference", "date", "body", "paragraph", "title", "case_number", "state")
        order_by = "-date"


class AssignmentTable(Table):
    keys_first = True

    reference = ThingColumn(verbose_name=_("Reference"))
    from_date = DayColumn(verbose_name=_("Given"))
    giver = ThingColumn(link=False, verbose_name=_("Body"), orderable=False)
    decision = DecisionColumn(verbose_name=_("Decision"), orderable=False)
    assignee = django_tables2.Column(verbose_name=_("Goes to"), orderable=False)
    text = WhatColumn(verbose_name=_("Assignment"), orderable=False)
    delegated_to = django_tables2.Column(verbose_name=_("Delegated to"), orderable=False)
    due_date = DayColumn(verbose_name=_("Last day"))
    state = StateColumn(orderable=False)

    class Meta(Table.Meta):
        model = Assignment
        fields = (
            "reference",
            "from_date",
            "giver",
            "decision",
            "assignee",
            "text",
            "delegated_to",
            "due_date",
            "state",
        )
        shown = ("reference", "from_date", "assignee", "text", "due_date", "state")
        order_by = "from_date"


class DispatchTable(Table):
    name = django_tables2.Column(verbose_name=_("Recipient"), orderable=False)
    decision = DecisionColumn(verbose_name=_("Decision"), orderable=False)
    sent_at = MomentColumn(verbose_name=_("Sent"))
    reminded_at = MomentColumn(verbose_name=_("Reminded"), orderable=False)
    unreachable_at = MomentColumn(verbose_name=_("Could not be reached"), orderable=False)
    acknowledged_at = MomentColumn(verbose_name=_("Acknowledged"), orderable=False)
    taken_back_at = MomentColumn(verbose_name=_("Taken back"), orderable=False)
    answer = django_tables2.Column(verbose_name=_("What they do"), orderable=False)

    class Meta(Table.Meta):
        model = Dispatch
        fields = (
            "name",
            "decision",
            "sent_at",
            "reminded_at",
            "unreachable_at",
            "acknowledged_at",
            "taken_back_at",
            "answer",
        )
        shown = ("name", "decision", "sent_at", "reminded_at", "acknowledged_at", "answer")


class ClosingTable(Table):
    decision = DecisionColumn(verbose_name=_("Said in"), orderable=False)
    body_name = django_tables2.Column(verbose_name=_("Body that gave it"), orderable=False)
    date = DayColumn(verbose_name=_("Date"), orderable=False)
    paragraph = django_tables2.Column(verbose_name="§", orderable=False)
    point = django_tables2.Column(verbose_name=_("Point"), orderable=False)
    outcome = django_tables2.Column(verbose_name=_("What is said"), orderable=False)
    link = django_tables2.TemplateColumn(
        template_name="decisions/_closing_link.html", verbose_name=_("What can be done"), orderable=False
    )

    class Meta(Table.Meta):
        model = Closing
        fields = ("decision", "body_name", "date", "paragraph", "point", "outcome", "link")


def _bodies(request: object) -> QuerySet[Body]:
    return bodies(viewer=request.viewer)


class DecisionFilter(FilterSet):
    q = TextFilter(fields=("title", "reference", "case_number"))
    body = django_filters.ModelChoiceFilter(label=_("Body"), queryset=_bodies)
    paragraph = django_filters.CharFilter(label="§")
    since = DayFilter(field_name="date", lookup_expr="gte", label=_("Decided from"))
    until = DayFilter(field_name="date", lookup_expr="lte", label=_("Decided to"))
    state = StateFilter(DECISION)

    class Meta:
        model = Decision
        fields = ()


class AssignmentFilter(FilterSet):
    q = TextFilter(fields=("text", "assignee", "reference", "decision__reference"))
    giver = django_filters.ModelChoiceFilter(label=_("Body"), queryset=_bodies)
    due_from = DayFilter(field_name="due_date", lookup_expr="gte", label=_("Due at the earliest"))
    due = DayFilter(field_name="due_date", lookup_expr="lte", label=_("Due at the latest"))
    open = django_filters.BooleanFilter(label=_("Still open"), method="keep_open")
    unmatched = django_filters.BooleanFilter(label=_("Nobody answers for it"), method="keep_unmatched")
    state = StateFilter(ASSIGNMENT)

    class Meta:
        model = Assignment
        fields = ()

    def keep_open(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:
        """The open ones, or, with no, those that have ended or were never in force."""
        return rows.open() if value else rows.not_open()

    def keep_unmatched(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:
        """Those that neither an office nor a unit answers for, or, with no, the others."""
        return rows.unanswered() if value else rows.answered()


class DispatchFilter(FilterSet):
    q = TextFilter(fields=("name", "decision__reference", "decision__title"))
    waiting = django_filters.BooleanFilter(label=_("Not acknowledged"), method="keep_waiting")

    class Meta:
        model = Dispatch
        fields = ()

    def keep_waiting(self, rows: QuerySet, _name: str, value: bool) -> QuerySet:
        """Those that an acknowledgement is awaited of, or, with no, those that have it or were taken back."""
        return rows.waiting() if value else rows.not_waiting()
