"""The tables and filters of what the organisation is made of: functions, requirements, groups and offices."""

import django_tables2
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from varn.areas.organisation.models import Function, GroupMapping, Office, Requirement, UnitKind
from varn.areas.organisation.views.tables import FROM, KIND, THROUGH, StandingFilter
from varn.mechanisms.ui.badges import badge
from varn.mechanisms.ui.filters import FilterSet, TextFilter, WordFilter
from varn.mechanisms.ui.tables import (
    DayColumn,
    LastDayColumn,
    NumberColumn,
    PartColumn,
    Table,
    ThingColumn,
    WordColumn,
)


class FunctionTable(Table):
    """Functions."""

    name = ThingColumn(accessor="name", verbose_name=_("Name"), order_by=("name_sv",))
    tier = WordColumn(prefix="tier.", verbose_name=_("Tier"))
    role = WordColumn(prefix="access:role.", verbose_name=_("Role"))
    position = NumberColumn(verbose_name=_("Place in the order"))

    class Meta(Table.Meta):
        model = Function
        fields = ("name", "tier", "role", "position")
        shown = ("name", "tier", "role")
        order_by = "position"


class RequirementTable(Table):
    """What is required of units."""

    function = ThingColumn(accessor="function__name", verbose_name=_("Function"), order_by=("function__position",))
    unit_kind = WordColumn(prefix=KIND, verbose_name=_("Kind of unit"))
    unit = ThingColumn(verbose_name=_("Only this unit"), orderable=False)
    minimum = NumberColumn(verbose_name=_("At least"))
    maximum = NumberColumn(verbose_name=_("At most"))
    share = PartColumn(verbose_name=_("Share of full time"))
    from_date = DayColumn(verbose_name=FROM)
    until_date = LastDayColumn(verbose_name=THROUGH)

    class Meta(Table.Meta):
        model = Requirement
        fields = ("function", "unit_kind", "unit", "minimum", "maximum", "share", "from_date", "until_date")
        shown = ("function", "unit_kind", "unit", "minimum", "maximum", "from_date")
        order_by = "unit_kind"


class RequirementFilter(FilterSet):
    """Requirements by kind and day."""

    kind = WordFilter(keys=UnitKind, prefix=KIND, field_name="unit_kind", label=_("Kind of unit"))
    on = StandingFilter(label=_("Valid on the day"))

    class Meta:
        model = Requirement
        fields = ()


class GroupMappingTable(Table):
    """What groups of the directory give."""

    reference = ThingColumn(verbose_name=_("Reference"))
    group = django_tables2.Column(verbose_name=_("Group"), accessor="group__name")
    function = django_tables2.Column(
        verbose_name=_("Function"), accessor="function__name", order_by="function__position"
    )
    unit = ThingColumn(verbose_name=_("Unit"), orderable=False)
    decided_by = django_tables2.Column(verbose_name=_("Who decided"))
    state = django_tables2.Column(verbose_name=_("State"), orderable=False)

    class Meta(Table.Meta):
        model = GroupMapping
        fields = ("reference", "group", "function", "unit", "decided_by", "state")
        order_by = "-reference"

    def render_state(self, record: GroupMapping) -> str:
        """The badge."""
        return badge(f"organisation:group_mapping.{record.state}")


class GroupMappingFilter(FilterSet):
    """Finding one among many."""

    q = TextFilter(fields=("reference", "group__name", "unit__name", "decided_by"))

    class Meta:
        model = GroupMapping
        fields = ()


class OfficeTable(Table):
    """Named offices."""

    name = ThingColumn(verbose_name=_("Name"))
    unit = ThingColumn(verbose_name=_("Unit"), orderable=False)
    function = django_tables2.Column(accessor="function__name", verbose_name=_("Function"), orderable=False)

    holder = django_tables2.Column(
        accessor="holder_id", verbose_name=_("Holder today"), orderable=False, empty_values=()
    )

    class Meta(Table.Meta):
        model = Office
        fields = ("name", "unit", "function", "holder")
        order_by = "name"

    def render_holder(self, record: Office) -> str:
        """Who holds it, linked; that nobody does; or nothing of one whom the reader may not see."""
        if record.holder_id is None:
            return badge("organisation:coverage.vacant")
        if not record.holder_name:
            return self.default
        address = reverse("organisation:person-detail", args=[record.holder_id])
        return format_html('<a href="{}">{}</a>', address, record.holder_name)
