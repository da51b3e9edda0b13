"""Names that stand on what somebody sees, of people whose protected identity they may not know of."""

from collections.abc import Iterable

from varn.areas.organisation.models import Person
from varn.mechanisms.access.viewer import Viewer


def people_hidden(numbers: Iterable[int | None], viewer: Viewer) -> set[int | None]:
    """Those of the people whose identity is protected from the reader: their names are not shown, wherever they stand.

    Others that the reader does not see in the list of people may be named on what names them, as before.
    """
    wanted = {number for number in numbers if number is not None}
    if not wanted:
        return set()
    return wanted - set(Person.objects.filter(pk__in=wanted).named_to(viewer).values_list("pk", flat=True))
