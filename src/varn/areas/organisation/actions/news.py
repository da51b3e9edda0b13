"""Notices about an appointment to those who do something about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from varn.areas.organisation.models import Appointment, AppointmentUnit, Person
from varn.areas.organisation.queries import account_ids_appointed
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.links import url_of
from varn.mechanisms.notices.notifying import notify


@dataclass(frozen=True, kw_only=True)
class News:
    """What has happened to an appointment, for those who hold the permission in its units."""

    appointment: Appointment
    what: str
    permission: str

    def tell(self, *, by: Viewer, at: datetime) -> None:
        """They have a notice, save the one who did it."""
        one = self.appointment
        placed = AppointmentUnit.objects.on_or_after(by.day).filter(appointment=one).select_related("unit")
        units = {row.unit_id: row.unit.name for row in placed}
        accounts = account_ids_appointed(list(units), by.day, permission=self.permission) - {by.account_id}
        notify(
            sorted(accounts),
            kind=f"organisation:notice.{self.what}",
            url=url_of(one),
            about=one,
            values={
                "reference": one.reference,
                "function": one.function.name_sv,
                "units": ", ".join(sorted(units.values())),
            },
            dedupe_key=f"organisation:{self.what}:{one.reference}:{one.until_date}",
            at=at,
        )


@dataclass(frozen=True, kw_only=True)
class PersonalNews:
    """What has happened that concerns one person, who is told if they have an account."""

    person: Person
    what: str
    about: Model
    values: Mapping[str, Any]

    def tell(self, *, by: Viewer, at: datetime) -> None:
        """They have a notice, unless they did it themselves."""
        account = self.person.account_id
        notify(
            [] if account is None or account == by.account_id else [account],
            kind=f"organisation:notice.{self.what}",
            url=url_of(self.about),
            about=self.about,
            values=dict(self.values),
            dedupe_key=f"organisation:{self.what}:{self.about}",
            at=at,
        )
