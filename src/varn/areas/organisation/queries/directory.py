"""Who a person is to the municipality's directory: asked by the directory itself, without a reader."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from varn.areas.organisation.models import Person, Unit
from varn.areas.organisation.models.units import holds
from varn.mechanisms.directory.face import Known


def person_of(*, employee_id: str, at: datetime) -> Known | None:
    """Whom the employee id names, in any case of letters, with their account; nobody for one that is not known."""
    person = Person.objects.filter(employee_id__iexact=employee_id).select_related("account").first()
    if person is None:
        return None
    here = Person.objects.filter(holds(timezone.localdate(at)), pk=person.pk)
    return Known(
        employee_id=person.employee_id,
        name=person.name,
        email=person.email,
        is_here=here.exists(),
        account=person.account,
    )


def unknown_units(*, codes: Collection[str]) -> list[str]:
    """Those of the codes that are no unit's, in any case of letters."""
    known = {code.casefold() for code in Unit.objects.values_list("code", flat=True)}
    return [code for code in codes if code.casefold() not in known]
