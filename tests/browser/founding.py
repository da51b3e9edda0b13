"""Founds the small municipality in the data folder that VARN_HOME names: `python -m tests.browser.founding`.

The same cast as in the other tests, each with a password and an app for codes, and what the story of § 393 needs
besides: the bodies, a company that supplies coordinators, what is required of departments, and addresses for units
without an account.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varn.config.settings")
django.setup()

# The models can be imported only after the setup.
from django.utils import timezone  # noqa: E402

from tests.entering import give_code_app  # noqa: E402
from tests.people import START, Municipality, build_municipality, join  # noqa: E402
from varn.areas.decisions.tests.bodies import build_bodies  # noqa: E402
from varn.areas.organisation.actions import create_person, create_unit, seed_requirements  # noqa: E402
from varn.areas.organisation.models import Unit, UnitKind  # noqa: E402
from varn.mechanisms.access.viewer import Viewer, system_viewer  # noqa: E402
from varn.overview.preparing import prepare_database  # noqa: E402

CAST = (
    ("Anna Ahlberg", "head_of_security", "1"),
    ("Bo Berglund", "security_coordinator", "21"),
    ("Cecilia Cederholm", "head_of_department", "31"),
    ("David Dahlin", "chief_executive", "1"),
    ("Eva Edvall", "committee_secretary", "1"),
    ("Frida Forsman", None, None),
)
SUPPLIER = "Lejonfastigheter AB"
SUPPLIED = "Sofia Sandell"


def found() -> None:
    """The municipality stands, and everybody of the cast can sign in."""
    prepare_database(print)
    municipality = build_municipality()
    for name, function, unit in CAST:
        give_code_app(join(name, municipality, function, unit).account)
    build_bodies(municipality)
    at = timezone.now()
    _complete(municipality, by=system_viewer(at=at, job="founding"))


def _complete(municipality: Municipality, *, by: Viewer) -> None:
    at = by.at
    supplier = create_unit(
        kind=UnitKind.COMPANY, name=SUPPLIER, code="41", parent=municipality.units["1"], from_date=START, by=by, at=at
    )
    create_person(employee_id="sofia", name=SUPPLIED, unit=supplier, from_date=START, by=by, at=at)
    seed_requirements(from_date=START, by=by, at=at)
    for unit in Unit.objects.all():
        Unit.objects.filter(pk=unit.pk).update(email=f"enhet-{unit.code}@ekby.example")


if __name__ == "__main__":
    found()
