from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.people import AT, Member, Municipality, appoint, join
from varn.areas.decisions.actions import read_minutes
from varn.areas.decisions.models import Body, Reading
from varn.areas.decisions.queries import AlreadyRead, bodies_registered_by, understand
from varn.areas.decisions.reader.files import LIMIT_MB
from varn.areas.decisions.tests.bodies import Bodies
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.attachments.uploads import megabytes
from varn.mechanisms.moves.making import Refused

MINUTES = """{body}
Sammanträdesprotokoll 2022-02-14

§ 12 Säkerhetsarbetet

{body}s beslut
1. Förvaltningschefen får i uppdrag att se över rutinerna.
"""
NAMELESS = MINUTES.replace("{body}s beslut", "Beslut").replace("{body}\n", "")


@pytest.fixture
def gun(bodies: Bodies, municipality: Municipality) -> Viewer:
    """The secretary of two committees."""
    gun = join("Gun Gren", municipality, "committee_secretary", "20")
    appoint(gun.person, municipality.functions["committee_secretary"], municipality.units["30"])
    return gun.viewer


def read(text: str, by: Viewer, body: Body | None = None) -> Reading:
    understood = understand(name="protokoll.txt", content=text.encode(), viewer=by)
    return read_minutes(minutes=understood, body=body, by=by, at=AT)


def test_minutes_wait_with_the_body_that_they_name(bodies: Bodies, gun: Viewer) -> None:
    for body in (bodies.education, bodies.social):
        assert read(MINUTES.format(body=body.name), gun).unit == body.unit


def test_minutes_that_name_no_body_wait_with_the_one_that_is_said(bodies: Bodies, gun: Viewer) -> None:
    assert read(NAMELESS, gun, bodies.education).unit == bodies.education.unit


def test_minutes_that_name_no_body_are_not_put_with_one_at_random(bodies: Bodies, gun: Viewer) -> None:
    with pytest.raises(Refused, match="no_body"):
        read(NAMELESS, gun)


def test_whoever_registers_in_one_unit_brings_in_without_saying_which(bodies: Bodies, eva_secretary: Member) -> None:
    assert read(NAMELESS, eva_secretary.viewer).unit_id == eva_secretary.viewer.scopes[0].unit_id


def test_a_file_that_waits_is_not_read_again(bodies: Bodies, gun: Viewer) -> None:
    first = read(MINUTES.format(body="Socialnämnden"), gun)
    with pytest.raises(AlreadyRead) as again:
        read(MINUTES.format(body="Socialnämnden"), gun)
    assert again.value.reading == first


def test_a_file_that_came_to_wait_while_it_was_read_is_not_kept_twice(bodies: Bodies, gun: Viewer) -> None:
    content = MINUTES.format(body="Socialnämnden").encode()
    first, second = (understand(name="protokoll.txt", content=content, viewer=gun) for _ in range(2))
    read_minutes(minutes=first, by=gun, at=AT)
    with pytest.raises(AlreadyRead):
        read_minutes(minutes=second, by=gun, at=AT)


def test_a_file_is_read_before_anything_is_written(bodies: Bodies, gun: Viewer) -> None:
    with CaptureQueriesContext(connection) as asked:
        understand(name="protokoll.txt", content=MINUTES.format(body="Socialnämnden").encode(), viewer=gun)
    assert {query["sql"].split()[0] for query in asked} == {"SELECT"}


def test_what_can_be_sent_can_be_read() -> None:
    assert megabytes() == LIMIT_MB


def test_a_body_that_is_to_cease_later_still_decides_today(bodies: Bodies, eva_secretary: Member) -> None:
    for days, count in ((0, 3), (1, 4)):
        Body.objects.filter(pk=bodies.social.pk).update(until_date=AT.date() + timedelta(days=days))
        assert bodies_registered_by(eva_secretary.viewer).count() == count
