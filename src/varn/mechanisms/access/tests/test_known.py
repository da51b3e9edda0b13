"""What is kept of a question is the question: for every reader just what would have been written out for them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.people import AT
from varn.areas.decisions.models import decisions
from varn.areas.organisation.models import AppointmentUnit, Person, Unit, people
from varn.mechanisms.access import guards, known, querysets
from varn.mechanisms.access.known import ONE, OTHER, NotByNumbers
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.access.viewer import Scope, Viewer

pytestmark = pytest.mark.django_db
ASKING = (guards, querysets, people, decisions)
LIST = re.compile(r"IN \((%s(?:, %s)*)\)")
Asked = list[tuple[Callable[..., Any], Viewer, tuple[Any, ...]]]

# Numbers that rows have, one that none has, and those of the two for whom the words are written.
NUMBERS = st.one_of(
    st.integers(1, 12), st.sampled_from([stand_in.below + place for stand_in in (ONE, OTHER) for place in range(5)])
)
MOMENTS = st.one_of(
    st.datetimes(datetime(2019, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    st.sampled_from([ONE.at, OTHER.at, ONE.at + timedelta(days=1), AT]),
)


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    role = ROLES[draw(st.sampled_from(sorted(ROLES)))]
    overview = draw(st.booleans())
    return Scope(
        unit_id=draw(NUMBERS), permissions=role.permissions, function=role.key, overview=overview,
        everything=overview and draw(st.booleans()), appoints=role.appoints,
        stands_in_for=draw(st.none() | NUMBERS), level=role.level, commands=draw(st.booleans()),
    )  # fmt: skip


VIEWERS = st.builds(
    Viewer,
    name=st.just("Somebody"),
    at=MOMENTS,
    account_id=st.none() | NUMBERS,
    person_id=st.none() | NUMBERS,
    scopes=st.lists(scopes(), max_size=4).map(tuple),
    general=st.sampled_from([frozenset(), ROLES["administrator"].permissions]),
)


def guarded() -> Iterator[Any]:
    for model in apps.get_models():
        if isinstance(model._default_manager.all(), querysets.GuardedQuerySet):
            yield model


def asked_of(viewer: Viewer, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Every question that is asked by numbers to find out what this reader sees and may do."""
    asked: dict[Any, Any] = {}
    known._written.cache_clear()

    def heard(build: Callable[..., Any], by: Viewer, *about: Any) -> Any:
        asked[build, by, about] = None
        return known.known(build, by, *about)

    with monkeypatch.context() as patch:
        for module in ASKING:
            patch.setattr(module, "known", heard)
        for model in guarded():
            model._default_manager.visible_to(viewer)
            for to in (
                "organisation:appointment:propose",
                "organisation:person:change",
                "decisions:assignment:receive",
            ):
                model._default_manager.visible_to(viewer, to)
    return list(asked)


def in_any_order(sql: str, params: Any) -> tuple[str, list[Any]]:
    """The words and what stands in them; within a list of numbers the order says nothing."""
    params = list(params)
    for found in LIST.finditer(sql):
        first = sql[: found.start()].count("%s")
        end = first + found.group(1).count("%s")
        params[first:end] = sorted(params[first:end], key=repr)
    return sql, [int(each) if isinstance(each, int) else each for each in params]


def differ(asked: Asked) -> list[str]:
    """Those questions whose kept words are not what is written out for the reader."""
    wrong = []
    for build, viewer, about in asked:
        kept = known.known(build, viewer, *about)
        assert kept is not None
        if in_any_order(kept.sql, kept.params) != in_any_order(*build(viewer, *about).query.sql_with_params()):
            wrong.append(build.__name__)
    return wrong


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(viewer=VIEWERS)
def test_for_every_reader_it_is_what_would_be_written_out(viewer: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert differ(asked_of(viewer, monkeypatch)) == []


def test_every_way_of_asking_is_among_them(david_chief_executive, bo_coordinator, monkeypatch) -> None:
    narrow = replace(bo_coordinator.viewer, at=AT)
    found = {build.__name__ for build, *_ in asked_of(narrow, monkeypatch)}
    assert found == {"_closed_by_name", "_closed_by_marking", "_held", "_seen_in_reach", "_shared", "_units_for"}
    assert "_closed_by_line" in {build.__name__ for build, *_ in asked_of(david_chief_executive.viewer, monkeypatch)}
    monkeypatch.setattr(decisions, "_has_little_reach", lambda viewer, scopes: False)
    assert "_shared" in {build.__name__ for build, *_ in asked_of(narrow, monkeypatch)}
    assert differ(asked_of(narrow, monkeypatch)) == []


def test_who_asks_next_is_answered_for_themselves_and_their_own_day(bo_coordinator, cecilia_head_of_department) -> None:
    """The same role in another department, and on another day, in the words that were kept for the first."""
    known._written.cache_clear()
    other = replace(
        bo_coordinator.viewer,
        person_id=cecilia_head_of_department.person.pk,
        account_id=cecilia_head_of_department.account.pk,
        scopes=tuple(replace(scope, unit_id=Unit.objects.get(code="31").pk) for scope in bo_coordinator.viewer.scopes),
    )
    AppointmentUnit.objects.filter(appointment__person=bo_coordinator.person).update(until_date=AT.date())
    Person.objects.filter(pk=bo_coordinator.person.pk).update(unit=None)
    the_day_before = bo_coordinator.viewer_at(AT - timedelta(days=1))
    seen = [
        set(Person.objects.visible_to(viewer).values_list("name", flat=True))
        for viewer in (the_day_before, replace(the_day_before, at=AT), other)
    ]
    assert seen == [{"Bo Berglund"}, set(), {"Cecilia Cederholm"}]
    assert known._written.cache_info().hits > 0


# The controls: a question that is not one of numbers is found at once, and numbers put where they do not belong are.


def _since_yesterday(viewer: Viewer) -> Any:
    return Account.objects.filter(created_at__gt=viewer.at - timedelta(days=1)).values("pk")


def _by_name(viewer: Viewer) -> Any:
    return Account.objects.filter(name=f"{viewer.account_id}").values("pk")


def _of_some(viewer: Viewer) -> Any:
    even = Account.objects.filter(pk__in=[1, 2] if (viewer.account_id or 0) % 10**13 > 10**12 * 15 // 10 else [1])
    return even.values("pk")


@pytest.mark.parametrize("build", [_since_yesterday, _by_name, _of_some])
def test_what_depends_on_more_than_numbers_is_found_at_once(build, bo_coordinator) -> None:
    with pytest.raises(NotByNumbers):
        known.known(build, bo_coordinator.viewer)


def _at_that_moment(viewer: Viewer) -> Any:
    own = Q(pk=viewer.account_id) | Q(pk=ONE.below)
    return Account.objects.filter(own, created_at=ONE.at).values("pk")


def test_what_only_looks_like_a_stand_in_is_the_questions_own(bo_coordinator) -> None:
    kept = known.known(_at_that_moment, bo_coordinator.viewer)
    moment = connection.ops.adapt_datetimefield_value(ONE.at)
    assert set(kept.params) == {moment, ONE.below, bo_coordinator.account.pk}


@pytest.mark.parametrize("swapped", [("account", "person"), ("moment", "day")])
def test_numbers_in_each_others_place_are_found(bo_coordinator, monkeypatch, swapped: tuple[str, str]) -> None:
    viewer = replace(bo_coordinator.viewer, account_id=98_765, at=AT - timedelta(days=3))
    asked, own = asked_of(viewer, monkeypatch), known._own
    first, second = ((name, 0) for name in swapped)

    def confused(of: Viewer) -> dict[Any, Any]:
        right = own(of)
        return right | {first: right[second], second: right[first]} if of.at == viewer.at else right

    monkeypatch.setattr(known, "_own", confused)
    assert differ(asked)
