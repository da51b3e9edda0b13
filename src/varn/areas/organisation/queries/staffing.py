"""Counting who is there: one heavy statement over all the units asked for, whatever their number; and who is away."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, DateField, F, FloatField, Min, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from varn.areas.organisation.lifecycle import VALID_STATES
from varn.areas.organisation.models import AppointmentUnit, UnitLine
from varn.areas.organisation.models.units import holds
from varn.areas.organisation.queries.standing_in import Away, away_in, deputising
from varn.areas.organisation.rules.coverage import Found, Stretch
from varn.mechanisms.access.viewer import Viewer

NOBODY = Found()


@dataclass(frozen=True, kw_only=True)
class Ways:
    """The way up from each of some units within its authority, as (id, name on the day), and the kind of each unit."""

    lines: QuerySet
    above: Mapping[int, list[tuple[int, str]]]
    kinds: Mapping[int, str]


@dataclass(frozen=True, kw_only=True)
class Staffing:
    """Who was found, by unit and function, and where to look for a unit: in itself, then upwards."""

    above: Mapping[int, list[tuple[int, str]]]
    found: Mapping[tuple[int, int], Found] = field(default_factory=dict)
    holders: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def nearest(self, unit: int, function: int) -> tuple[int, str]:
        """The unit whose appointments count: its own when somebody is there, otherwise the nearest above with somebody.

        With its name when it is not the unit itself.
        """
        for place, name in self.above.get(unit, ()):
            if self.found.get((place, function), NOBODY).count:
                return place, "" if place == unit else name
        return unit, ""


def ways_up(units: QuerySet | Iterable[int], day: date) -> Ways:
    """The way up from each of these units on the day, as far as its own authority reaches, the nearest first."""
    lines = UnitLine.objects.filter(holds(day), inside__isnull=False, descendant__in=units)
    above: dict[int, list[tuple[int, str]]] = defaultdict(list)
    kinds: dict[int, str] = {}
    named = lines.filter(holds(day, prefix="ancestor__periods__")).order_by("descendant", "depth")
    for pk, kind, ancestor, name in named.values_list(
        "descendant_id", "descendant__kind", "ancestor_id", "ancestor__periods__name"
    ):
        above[pk].append((ancestor, name))
        kinds[pk] = kind
    return Ways(lines=lines, above=above, kinds=kinds)


def staffing_of(ways: Ways, day: date, horizon: date, viewer: Viewer) -> Staffing:
    """Who is there on the day and who comes and leaves until the horizon, in these units and above them.

    Whoever has a protected identity is nobody to a reader who may not know of them: neither named nor counted.
    """
    stretches: dict[tuple[int, int], list[Stretch]] = defaultdict(list)
    holders: dict[tuple[int, int], str] = {}
    for unit, function, begins, ends, holder, count, share in _counted(
        ways.lines.values("inside"), day, horizon, viewer
    ):
        stretches[unit, function].append(Stretch(count=count, share=share, from_date=begins, until_date=ends))
        if begins is None:
            holders[unit, function] = min(holder, holders.get((unit, function), holder))
    places = {place for above in ways.above.values() for place, _name in above}
    _take_away(stretches, holders, away_in(places, day, horizon, viewer), day, horizon)
    found = {place: Found(stretches=tuple(each)) for place, each in stretches.items()}
    return Staffing(above=ways.above, found=found, holders=holders)


def _take_away(
    stretches: dict[tuple[int, int], list[Stretch]],
    holders: dict[tuple[int, int], str],
    away: Iterable[Away],
    day: date,
    horizon: date,
) -> None:
    """Whoever is away is not there, on the days when nobody stands in; whoever stands in is named with the holder."""
    for each in away:
        here = (each.unit_id, each.function_id)
        gone = [part for part in each.uncovered if part.from_date <= horizon]
        stretches[here] += [
            Stretch(
                count=-1,
                share=-each.share,
                from_date=part.from_date if part.from_date > day else None,
                until_date=part.until_date,
            )
            for part in gone
        ]
        if holders.get(here) == each.holder:
            if each.deputy:
                holders[here] = deputising(each.deputy, each.holder)
            elif each.is_away:
                del holders[here]


def _counted(units: QuerySet, day: date, horizon: date, viewer: Viewer) -> QuerySet:
    """The appointments that touch the window, counted by unit and function, and by the days they come and leave in it.

    Most come before it and leave after it: they have no days here, and are one row together.
    """
    rows = (
        AppointmentUnit.objects.naming_seen(viewer)
        .on_or_after(day)
        .filter(unit__in=units, from_date__lte=horizon, appointment__state__in=VALID_STATES)
    )
    coming = Case(When(from_date__gt=day, then=F("from_date")), output_field=DateField())
    leaving = Case(When(Q(until_date__lte=horizon), then=F("until_date")), output_field=DateField())
    grouped = rows.annotate(coming=coming, leaving=leaving).values(
        "unit_id", "appointment__function_id", "coming", "leaving"
    )
    counted = grouped.annotate(
        holder=Min(Coalesce("appointment__person__name", "appointment__office__name")),
        count=Count("pk"),
        part=Sum("share", output_field=FloatField()),
    )
    return counted.order_by().values_list(
        "unit_id", "appointment__function_id", "coming", "leaving", "holder", "count", "part"
    )
