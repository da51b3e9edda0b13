from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

import pytest

from varn.kernel.lifecycle import (
    Condition,
    Context,
    Lifecycle,
    LifecycleError,
    MadeBy,
    Move,
    MoveNotOpen,
    Refusal,
    UnknownMove,
    all_done,
    another_person_than,
)


class DoorState(StrEnum):
    OPEN = "open"
    SHUT = "shut"
    BROKEN = "broken"


class Weather(StrEnum):
    RAIN = "rain"


def door_move(name: str, *sources: StrEnum, target: StrEnum, **more: Any) -> Move:
    return Move(name=name, permission=f"house:door:{name}", sources=sources, target=target, **more)


SHUT = door_move("shut", DoorState.OPEN, target=DoorState.SHUT)
REOPEN = door_move("reopen", DoorState.SHUT, target=DoorState.OPEN)
BREAK = door_move("break", DoorState.OPEN, DoorState.SHUT, target=DoorState.BROKEN, reason_required=True)


def door(*moves: Move, initial: StrEnum = DoorState.OPEN, final: Iterable[StrEnum] = (DoorState.BROKEN,)) -> Lifecycle:
    return Lifecycle(name="house:door", states=DoorState, initial=initial, final=frozenset(final), moves=moves)


DOOR = door(SHUT, REOPEN, BREAK)
ALICE, BOB = object(), object()


def as_of_noon(by: object) -> Context:
    return Context(by=by, at=datetime(2026, 3, 2, 12, tzinfo=UTC))


def test_a_move_is_found_by_its_name() -> None:
    assert DOOR.move("break") is BREAK


def test_an_unknown_move_is_refused() -> None:
    with pytest.raises(UnknownMove):
        DOOR.move("paint")


def test_the_moves_of_a_state_come_in_declared_order() -> None:
    assert DOOR.moves_from(DoorState.SHUT) == (REOPEN, BREAK)


def test_a_state_read_from_the_database_as_text_has_the_same_moves() -> None:
    assert DOOR.moves_from("shut") == (REOPEN, BREAK)


def test_a_final_state_has_no_moves() -> None:
    assert DOOR.moves_from(DoorState.BROKEN) == ()


def test_the_target_is_where_the_move_leads() -> None:
    assert DOOR.target(DoorState.OPEN, "shut") is DoorState.SHUT


def test_a_move_from_the_wrong_state_is_not_open() -> None:
    with pytest.raises(MoveNotOpen):
        DOOR.target(DoorState.SHUT, "shut")


def test_a_move_that_does_not_exist_is_unknown_rather_than_not_open() -> None:
    with pytest.raises(UnknownMove):
        DOOR.target(DoorState.SHUT, "paint")


def test_two_moves_may_share_a_name_when_they_start_from_different_states() -> None:
    slam = door_move("slam", DoorState.OPEN, target=DoorState.SHUT)
    slam_again = door_move("slam", DoorState.SHUT, target=DoorState.BROKEN)
    lifecycle = door(slam, slam_again)
    assert lifecycle.target(DoorState.SHUT, "slam") is DoorState.BROKEN
    with pytest.raises(UnknownMove, match="from which state"):
        lifecycle.move("slam")


def test_the_database_may_hold_every_state_and_nothing_else() -> None:
    assert DOOR.check_constraint_values() == ("open", "shut", "broken")


def test_the_diagram_names_every_state_and_move() -> None:
    assert DOOR.mermaid() == (
        "stateDiagram-v2\n"
        "    [*] --> open\n"
        "    open --> shut : shut\n"
        "    shut --> open : reopen\n"
        "    open --> broken : break\n"
        "    shut --> broken : break\n"
        "    broken --> [*]\n"
    )


@pytest.mark.parametrize(
    ("made_by", "said"),
    [(MadeBy.BUTTON, "rot"), (MadeBy.DEED, "rot (by another deed)"), (MadeBy.JOB, "rot (by a job)")],
)
def test_the_diagram_says_what_brings_a_move_about_that_has_no_button(made_by: MadeBy, said: str) -> None:
    rot = door_move("rot", DoorState.SHUT, target=DoorState.BROKEN, made_by=made_by)
    assert f"shut --> broken : {said}\n" in door(SHUT, rot).mermaid()


def test_a_state_that_cannot_be_reached_is_refused() -> None:
    with pytest.raises(LifecycleError, match="broken cannot be reached"):
        door(SHUT, REOPEN)


def test_a_dead_end_that_is_not_declared_final_is_refused() -> None:
    with pytest.raises(LifecycleError, match="broken is a dead end"):
        door(SHUT, REOPEN, BREAK, final=())


def test_a_move_that_only_comes_back_to_its_own_state_is_no_way_out() -> None:
    knock = door_move("knock", DoorState.BROKEN, target=DoorState.BROKEN)
    with pytest.raises(LifecycleError, match="broken is a dead end"):
        door(SHUT, REOPEN, BREAK, knock, final=())


def test_a_move_may_come_back_to_its_own_state() -> None:
    knock = door_move("knock", DoorState.SHUT, target=DoorState.SHUT)
    assert door(SHUT, REOPEN, BREAK, knock).target("shut", "knock") is DoorState.SHUT


def test_a_move_out_of_a_final_state_is_refused() -> None:
    repair = door_move("repair", DoorState.BROKEN, target=DoorState.OPEN)
    with pytest.raises(LifecycleError, match="repair leaves the final state broken"):
        door(SHUT, REOPEN, BREAK, repair)


@pytest.mark.parametrize("sources", [(DoorState.OPEN,), (DoorState.SHUT, DoorState.SHUT)])
def test_the_same_move_twice_from_one_state_is_refused(sources: tuple[DoorState, ...]) -> None:
    again = door_move("shut", *sources, target=DoorState.BROKEN)
    with pytest.raises(LifecycleError, match="declared twice"):
        door(SHUT, REOPEN, BREAK, again)


def test_a_state_of_something_else_is_refused() -> None:
    soak = door_move("soak", DoorState.OPEN, target=Weather.RAIN)
    with pytest.raises(LifecycleError, match="not one of its states"):
        door(SHUT, REOPEN, BREAK, soak)


def test_a_move_without_a_source_is_refused() -> None:
    with pytest.raises(LifecycleError, match="starts nowhere"):
        door(SHUT, REOPEN, BREAK, door_move("paint", target=DoorState.OPEN))


@pytest.mark.parametrize(
    "permission", ["shut", "house:shut", "house:door:close", "House:door:shut", "house:door:shut:now"]
)
def test_a_permission_that_is_not_area_thing_and_the_same_verb_is_refused(permission: str) -> None:
    misnamed = Move(name="shut", permission=permission, sources=(DoorState.OPEN,), target=DoorState.SHUT)
    with pytest.raises(LifecycleError, match="is not area:thing:shut"):
        door(misnamed, REOPEN, BREAK)


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(LifecycleError, match=r"starts nowhere.*cannot be reached"):
        door(SHUT, REOPEN, door_move("paint", target=DoorState.OPEN))


def test_the_first_condition_that_is_not_met_gives_the_reason() -> None:
    def never(thing: object, context: Context) -> Refusal:
        return Refusal("moves:refusal.never")

    def refuse_again(thing: object, context: Context) -> Refusal:
        return Refusal("moves:refusal.again")

    move = door_move("lock", DoorState.SHUT, target=DoorState.SHUT, conditions=(never, refuse_again))
    assert move.refusal(object(), as_of_noon(ALICE)) == Refusal("moves:refusal.never")


def test_a_condition_is_given_the_thing_the_person_and_the_moment() -> None:
    seen: list[object] = []

    def look(thing: object, context: Context) -> None:
        seen.extend((thing, context.by, context.at))

    thing, context = object(), as_of_noon(ALICE)
    assert door_move("lock", DoorState.SHUT, target=DoorState.SHUT, conditions=(look,)).refusal(thing, context) is None
    assert seen == [thing, ALICE, context.at]


def test_a_refusal_carries_the_values_of_its_sentence() -> None:
    assert Refusal("moves:refusal.not_all_done", count=2).values == {"count": 2}
    assert Refusal("moves:refusal.not_all_done", count=2) != Refusal("moves:refusal.not_all_done", count=3)


@pytest.mark.parametrize(("recorded", "by", "refused"), [(ALICE, ALICE, True), (ALICE, BOB, False), (None, BOB, False)])
def test_the_person_recorded_may_not_be_the_one_who_moves(recorded: object, by: object, refused: bool) -> None:
    condition = another_person_than("written_by")
    refusal = condition(SimpleNamespace(written_by=recorded), as_of_noon(by))
    assert refusal == (Refusal("moves:refusal.another_person") if refused else None)


def test_the_person_recorded_may_stand_on_a_related_thing() -> None:
    condition = another_person_than("report.written_by", key="decisions:refusal.own_report")
    thing = SimpleNamespace(report=SimpleNamespace(written_by=ALICE))
    assert condition(thing, as_of_noon(ALICE)) == Refusal("decisions:refusal.own_report")


def test_nothing_is_refused_while_the_related_thing_is_missing() -> None:
    assert another_person_than("report.written_by")(SimpleNamespace(report=None), as_of_noon(ALICE)) is None


def parts(*states: str) -> list[SimpleNamespace]:
    return [SimpleNamespace(state=state) for state in states]


@pytest.mark.parametrize(
    ("states", "refusal"),
    [
        ((), None),
        (("shut", "broken"), None),
        (("shut", "open", "open"), Refusal("moves:refusal.not_all_done", count=2)),
    ],
)
def test_all_must_be_done(states: tuple[str, ...], refusal: Refusal | None) -> None:
    condition: Condition = all_done("doors", {DoorState.SHUT, DoorState.BROKEN})
    assert condition(SimpleNamespace(doors=parts(*states)), as_of_noon(ALICE)) == refusal


def test_what_must_be_done_may_be_asked_through_a_related_manager() -> None:
    manager = SimpleNamespace(all=lambda: parts("open"))
    assert all_done("doors", {"shut"})(SimpleNamespace(doors=manager), as_of_noon(ALICE)) == Refusal(
        "moves:refusal.not_all_done", count=1
    )
