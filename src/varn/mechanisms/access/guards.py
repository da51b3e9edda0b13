"""What closes a row that the reader's scopes hold: its record's level, its compartment, and a conflict of interest.

Restricted records are few. So a list is asked for as before, and each row that comes forth is looked up among them:
what that costs is measured by the rows that are shown, and not by how many records are restricted.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.lookups import IsNull
from django.utils.module_loading import import_string

from varn.kernel.levels import Level
from varn.mechanisms.access.known import Build, Found, TheRow, known
from varn.mechanisms.access.models import Marking, Membership, Share, Subject
from varn.mechanisms.access.viewer import Viewer

ABOVE_INTERNAL = (Level.SENSITIVE, Level.SEALED)


@dataclass(frozen=True, kw_only=True)
class Guard:
    """The record that a row belongs to: its kind, and where in the row its number stands.

    `is_case` says that it can have subjects; `own` that it is a person, who may read of themselves whatever the level.
    """

    label: str
    key: str = "pk"
    is_case: bool = True
    own: bool = False

    @property
    def model(self) -> type[models.Model]:
        """The kind of record."""
        return apps.get_model(self.label)

    @property
    def kind(self) -> int:
        """The number of its content type."""
        return int(ContentType.objects.get_for_model(self.model).pk)

    def open_to(self, viewer: Viewer, reading: str) -> Q:
        """The condition that the row's record is closed to the reader by no level, compartment or conflict.

        Each row is looked up. Only the cases whose subject the reader is are few whoever asks: they are found out once.
        """
        closing = [self._looked_up(_closed_by_marking, viewer, self, reading, self.kind)]
        if self.is_case and viewer.commanded:
            closing.append(self._looked_up(_closed_by_line, viewer, self.kind))
        elif self.is_case and viewer.people:
            closing.append(self._among(_closed_by_name, viewer, self.kind))
        return Q(*(~one for one in closing if one is not None))

    def _looked_up(self, build: Build, viewer: Viewer, *about: Any) -> Q | None:
        found = known(build, viewer, *about)
        return None if found is None else Q(Found(found, self.key))

    def _among(self, build: Build, viewer: Viewer, *about: Any) -> Q | None:
        found = known(build, viewer, *about)
        return None if found is None else Q(**{f"{self.key}__in": found})

    def markings(self, viewer: Viewer) -> Any:
        """The markings of this kind of record that close it to somebody at the moment."""
        return Marking.objects.holding(viewer.at).restricting().filter(content_type=self.kind)

    def sensitive(self, level: Level, viewer: Viewer) -> Any:
        """The numbers of the records of exactly this level."""
        return self.markings(viewer).filter(level=level).order_by().values("object_id")

    def too_high(self, viewer: Viewer, reading: str) -> Q:
        """The condition on a marking that its level is above what the reader's functions open of that very record."""
        closed = self._not_opened(viewer, reading)
        return closed & ~Q(object_id=viewer.person_id) if self.own and viewer.person_id is not None else closed

    def _not_opened(self, viewer: Viewer, reading: str) -> Q:
        sensitive, sealed = (viewer.narrowed(level) for level in ABOVE_INTERNAL)
        if not sensitive.scopes_for(reading):
            return Q(level__gte=Level.SENSITIVE)
        if sensitive == sealed:
            return Q(level__gte=Level.SENSITIVE) & ~Q(self._reached(sensitive))
        too_sensitive = Q(level=Level.SENSITIVE) & ~Q(self._reached(sensitive))
        if not sealed.scopes_for(reading):
            return too_sensitive | Q(level=Level.SEALED)
        return too_sensitive | (Q(level=Level.SEALED) & ~Q(self._reached(sealed)))

    def _reached(self, narrowed: Viewer) -> IsNull:
        """Looked up for each marking: gathered at once it would be every row that the reader reaches."""
        manager: Any = self.model._default_manager
        return IsNull(Subquery(manager.reaching(narrowed, OuterRef("object_id")).order_by().values("pk")[:1]), False)


def _closed_by_marking(viewer: Viewer, guard: Guard, reading: str, kind: int) -> Any:
    """The number of the row, if its level or compartment keeps the reader out."""
    closing = outside(viewer) | guard.too_high(viewer, reading)
    return _of_the_row(guard.markings(viewer).filter(closing))


def _closed_by_line(viewer: Viewer, kind: int) -> Any:
    """The number of the row, if the reader is its subject or stands in the line of command over one."""
    return _of_the_row(Subject.objects.holding(viewer.at).filter(in_conflict(viewer), content_type=kind))


def _closed_by_name(viewer: Viewer, kind: int) -> Any:
    """The numbers of the cases whose subject the reader is."""
    rows = Subject.objects.holding(viewer.at).filter(in_conflict(viewer), content_type=kind)
    return rows.order_by().values("object_id")


def _of_the_row(rows: Any) -> Any:
    return rows.order_by().filter(object_id=TheRow()).values("object_id")[:1]


def outside(viewer: Viewer) -> Q:
    """The condition on a marking that its record lies in a compartment of which the reader is no member now."""
    mine = Membership.objects.holding(viewer.at).filter(account=viewer.account_id).order_by()
    return Q(compartment__isnull=False) & ~Q(compartment__in=mine.values("compartment"))


def in_conflict(viewer: Viewer) -> Q:
    """The condition on a subject that it is the reader, whom they stand in for, or somebody below them in the line."""
    named = Q(person_id__in=sorted(viewer.people))
    if not viewer.commanded:
        return named
    over = import_string(settings.ACCESS_LINE)
    above: Q = over(units=sorted(viewer.commanded), day=viewer.day, row="person_id")
    return named | above


def shared_with(viewer: Viewer, *, kind: int, units: Any) -> Any:
    """The numbers of the records of this kind that are shared with the reader, or with one of these units."""
    mine = Q(unit_id__in=units)
    if viewer.people:
        mine |= Q(person_id__in=sorted(viewer.people))
    return Share.objects.holding(viewer.at).filter(mine, content_type=kind).order_by().values("object_id")
