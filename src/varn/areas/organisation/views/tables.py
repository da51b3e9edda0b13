"""The tables and filters of units, people and their appointments."""

from datetime import date

import django_tables2
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from varn.areas.organisation.lifecycle import APPOINTMENT, STAND_IN
from varn.areas.organisation.models import (
    Appointment,
    Function,
    Person,
    StandIn,
    Unit,
    UnitKind,
)
from varn.kernel.levels import Tier
from varn.mechanisms.links import url_of
from varn.mechanisms.ui.filters import DayFilter, FilterSet, StateFilter, TextFilter, WordFilter
from varn.mechanisms.ui.tables import (
    ContactColumn,
    DayColumn,
    LastDayColumn,
    PartColumn,
    StateColumn,
    Table,
    ThingColumn,
    WordColumn,
)

KIND = "organisation:unit_kind."
FROM, THROUGH = _("From"), _("Through")


class StandingFilter(DayFilter):
    """The rows that stand on the day."""

    def filter(self, qs: QuerySet, value: date | None) -> QuerySet:
        """All of them when no day is chosen."""
        return qs.standing(value) if value else qs


class UnitTable(Table):
    """Units."""

    name = ThingColumn(verbose_name=_("Name"), order_by=("sort_name",))
    code = django_tables2.Column(verbose_name=_("Code"))
    kind = WordColumn(prefix=KIND, verbose_name=_("Kind"))
    parent = ThingColumn(verbose_name=_("Under"), orderable=False)
    address = django_tables2.Column(verbose_name=_("Address"), orderable=False)
    from_date = DayColumn(verbose_name=FROM)
    until_date = LastDayColumn(verbose_name=THROUGH)

    class Meta(Table.Meta):
        model = Unit
        fields = ("name", "code", "kind", "parent", "address", "from_date", "until_date")
        shown = ("name", "code", "kind", "parent")
        order_by = "name"


class UnitFilter(FilterSet):
    """Units by text, kind and day."""

    q = TextFilter(fields=("name", "code"))
    kind = WordFilter(keys=UnitKind, prefix=KIND, label=_("Kind"))
    on = StandingFilter(label=_("Valid on the day"))

    class Meta:
        model = Unit
        fields = ()


class PersonTable(Table):
    """People."""

    name = ThingColumn(verbose_name=_("Name"), order_by=("sort_name",))
    employee_id = django_tables2.Column(verbose_name=_("Employee id"))
    title = django_tables2.Column(verbose_name=_("Title"), orderable=False)
    unit = ThingColumn(verbose_name=_("Unit"), orderable=False)
    email = ContactColumn(verbose_name=_("E-mail"), orderable=False)
    phone = ContactColumn(verbose_name=_("Telephone"), orderable=False)
    from_date = DayColumn(verbose_name=FROM)
    until_date = LastDayColumn(verbose_name=THROUGH)

    def render_name(self, record: Person) -> str:
        """The name, with the part by which the list is sorted set off."""
        given, _space, last = record.name.rpartition(" ")
        return format_html('<a href="{}">{} <strong>{}</strong></a>', url_of(record), given, last)

    class Meta(Table.Meta):
        model = Person
        fields = ("name", "employee_id", "title", "unit", "email", "phone", "from_date", "until_date")
        shown = ("name", "title", "unit", "email", "phone")
        order_by = "name"


class PersonFilter(FilterSet):
    """People by text and day."""

    q = TextFilter(fields=("name", "employee_id", "title", "email"))
    on = StandingFilter(label=_("Here on the day"))

    class Meta:
        model = Person
        fields = ()


class AppointmentTable(Table):
    """Appointments."""

    reference = ThingColumn(verbose_name=_("Reference"))
    holder = ThingColumn(verbose_name=_("Holder"), order_by=("person__sort_name", "office__name"))
    function = django_tables2.Column(
        accessor="function__name", verbose_name=_("Function"), order_by=("function__position",)
    )
    units = django_tables2.Column(accessor="placements", verbose_name=_("Units"), orderable=False)
    share = PartColumn(verbose_name=_("Share"))
    deputy = django_tables2.Column(verbose_name=_("Deputy"), orderable=False)
    employer = django_tables2.Column(verbose_name=_("Supplied by"), orderable=False)
    appointed_by = django_tables2.Column(verbose_name=_("Appointed by"), orderable=False)
    from_date = DayColumn(verbose_name=FROM)
    until_date = LastDayColumn(verbose_name=THROUGH)
    state = StateColumn()

    class Meta(Table.Meta):
        model = Appointment
        fields = (
            "reference", "holder", "function", "units", "share", "deputy", "employer", "appointed_by", "from_date",
            "until_date", "state",
        )  # fmt: skip
        shown = ("reference", "holder", "function", "units", "from_date", "until_date", "state")
        order_by = "-from_date"

    def render_units(self, record: Appointment) -> str:
        """The names of the units, each once."""
        return ", ".join(record.unit_names)


class AppointmentFilter(FilterSet):
    """Appointments by text, function, tier, unit, day and state."""

    q = TextFilter(fields=("reference", "person__name", "office__name", "appointed_by", "agreement"))
    function = WordFilter(keys=(), field_name="function__key", label=_("Function"))
    tier = WordFilter(keys=Tier, prefix="tier.", field_name="function__tier", label=_("Tier"))
    unit = TextFilter(fields=(), label=_("Unit (name or code)"), method="in_unit")
    on = StandingFilter(label=_("Valid on the day"))
    ends_before = DayFilter(field_name="until_date", lookup_expr="lte", label=_("Ends before"))
    state = StateFilter(APPOINTMENT)

    class Meta:
        model = Appointment
        fields = ()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        functions = Function.objects.visible_to(self.request.viewer)
        self.form.fields["function"].choices = [("", "–"), *((one.key, one.name) for one in functions)]

    def in_unit(self, rows: QuerySet, _name: str, text: str) -> QuerySet:
        """The appointments for units whose name holds the text or whose code it is."""
        return rows.in_unit_called(text)


class StandInTable(Table):
    """Deputies."""

    reference = ThingColumn(verbose_name=_("Reference"))
    deputy = django_tables2.Column(verbose_name=_("Deputy"), order_by=("deputy__sort_name",))
    holder = django_tables2.Column(
        accessor="appointment__person", verbose_name=_("Deputy for"), order_by=("appointment__person__sort_name",)
    )
    function = django_tables2.Column(
        accessor="appointment__function__name", verbose_name=_("Function"), orderable=False
    )
    from_date = DayColumn(verbose_name=FROM)
    until_date = LastDayColumn(verbose_name=THROUGH)
    state = StateColumn()

    class Meta(Table.Meta):
        model = StandIn
        fields = ("reference", "deputy", "holder", "function", "from_date", "until_date", "state")
        order_by = "-from_date"


class StandInFilter(FilterSet):
    """Deputies by text, day and state."""

    q = TextFilter(fields=("reference", "deputy__name", "appointment__person__name"))
    on = StandingFilter(label=_("Valid on the day"))
    state = StateFilter(STAND_IN)

    class Meta:
        model = StandIn
        fields = ()
