"""T-CON-1, run in a process of its own on a database of its own: eight at the same moment, round after round.

Eight approve one request; eight accept and decline one appointment; eight withdraw and approve one request; eight let
the same member into a compartment; eight end the two who answer for one. Prints as JSON what each of them got, what
stands afterwards, and how long the one who waited longest did.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import django

django.setup()

# What follows needs the models, and so Django set up: this runs as a program of its own, without pytest.
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from tests.people import AT, Municipality, build_municipality, join  # noqa: E402
from varn.areas.organisation.actions import (  # noqa: E402
    accept_appointment,
    decline_appointment,
    propose_appointment,
)
from varn.areas.organisation.models import Appointment, Person  # noqa: E402
from varn.mechanisms.access.models import Account, CompartmentKind, Membership, MembershipRole  # noqa: E402
from varn.mechanisms.approvals import actions  # noqa: E402
from varn.mechanisms.approvals.models import Approval, InForce  # noqa: E402
from varn.mechanisms.approvals.tests.conftest import assemble  # noqa: E402
from varn.mechanisms.audit.models import Entry  # noqa: E402
from varn.mechanisms.door.actions import reset_password  # noqa: E402
from varn.mechanisms.moves.models import Move  # noqa: E402
from varn.mechanisms.secrecy.actions import (  # noqa: E402
    Grounds,
    create_compartment,
    end_membership,
    grant_membership,
)

EIGHT = 8
GROUNDS = ("trusted", "knowledgeable", "needed")


def at_once(works: Sequence[Callable[[], object]]) -> tuple[list[str], float]:
    """What each of them got, the kind of the result or of the exception; and the longest wait in seconds."""
    start, waits = Barrier(len(works)), []

    def run(work: Callable[[], object]) -> str:
        start.wait()
        begun = time.monotonic()
        try:
            return type(work()).__name__
        except Exception as error:
            return type(error).__name__
        finally:
            waits.append(time.monotonic() - begun)
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(run, works)), max(waits)


def main(rounds: int) -> dict[str, Any]:
    """Every kind of meeting, so many times."""
    call_command("migrate", verbosity=0)
    municipality = build_municipality()
    cast, deciders = assemble(municipality), _deciders(municipality)
    Account.objects.update(last_login=AT)
    InForce.objects.create(pk=1, since=AT)
    approved, changed, appointed, waits = Counter(), Counter(), Counter(), []
    let_in, let_out = Counter(), Counter()
    for number in range(rounds):
        granted, ended = _members(number, deciders[0], deciders[1])
        for got, wait, count in (*granted, let_in), (*ended, let_out):
            count.update(got)
            waits.append(wait)
        account = Account.objects.create(email=f"nr{number}@ekby.example", name=f"Nr {number}", created_at=AT)
        approval = _asked(account, cast.frida)
        got, wait = at_once([lambda by=by, a=approval: _approve(a, by) for by in deciders])
        approved.update(got)
        waits.append(wait)
        approval = _asked(account, cast.frida)
        half = [lambda by=by, a=approval: _approve(a, by) for by in deciders[: EIGHT // 2]]
        back = [lambda a=approval: _withdraw(a, cast.frida)] * (EIGHT // 2)
        got, wait = at_once([*half, *back])
        changed.update(got)
        waits.append(wait)
        appointment = _proposed(number, municipality, deciders[0])
        yes = [lambda by=by, a=appointment: _accept(a, by) for by in deciders[: EIGHT // 2]]
        no = [lambda by=by, a=appointment: _decline(a, by) for by in deciders[EIGHT // 2 :]]
        got, wait = at_once([*yes, *no])
        appointed.update(got)
        waits.append(wait)
    return {
        "rounds": rounds,
        "approved": approved,
        "withdrawn or approved": changed,
        "accepted or declined": appointed,
        "let in": let_in,
        "let out": let_out,
        "members": Membership.objects.filter(ended_at=None).count(),
        "resets": Entry.objects.filter(verb="access:account:reset_password").count(),
        "executed": Approval.objects.filter(state="executed").count(),
        "settled": Approval.objects.filter(state__in=("executed", "withdrawn")).count(),
        "standing moves": Move.objects.filter(until_at=None).count()
        - Move.objects.values("object_id", "content_type").distinct().count(),
        "appointments settled": Appointment.objects.filter(
            state__in=("active", "declined"), person__name__startswith="Nr"
        ).count(),
        "deadlocks": _deadlocks(),
        "longest wait": round(max(waits), 3),
    }


def _deciders(municipality: Municipality) -> list[Any]:
    """Eight heads of security and chief executives, all with accounts."""
    functions = ("head_of_security", "chief_executive")
    names = ("Axel", "Britt", "Carl", "Doris", "Erik", "Fanny", "Gösta", "Hilda")
    return [join(f"{name} Nyman", municipality, functions[place % 2], "1") for place, name in enumerate(names)]


def _asked(account: Account, frida: Any) -> Approval:
    account.refresh_from_db()
    by = frida.viewer_at(AT)
    try:
        reset_password(account=account, by=by, at=AT)
    except actions.AwaitsApproval as awaiting:
        return actions.ask_approval(approval=awaiting.approval, reason="Glömt", by=by, at=AT)
    raise AssertionError("one person alone has done it")


def _members(number: int, one: Any, other: Any) -> tuple[tuple[list[str], float], tuple[list[str], float]]:
    """Eight let the same member in, who then answers for the compartment too; four end the one and four the other."""
    by = one.viewer_at(AT)
    grounds = Grounds(**{f"{each}_{part}": value for each in GROUNDS for part, value in (("date", AT), ("by", "Axel"))})
    about = {"name": f"Rum {number}", "kind": CompartmentKind.IRREGULARITY, "purpose": "Utredning", "grounds": grounds}
    room = create_compartment(**about, responsible=one.account, by=by, at=AT)
    given = {"compartment": room, "account": other.account, "role": MembershipRole.RESPONSIBLE, "grounds": grounds}
    granted = at_once([lambda: grant_membership.unguarded(**given, by=by, at=AT)] * EIGHT)
    each = Membership.objects.filter(compartment=room)
    ended = at_once([lambda pk=pk: _end(pk, by) for pk in each.values_list("pk", flat=True)] * (EIGHT // 2))
    return granted, ended


def _end(pk: int, by: Any) -> Membership:
    return end_membership(membership=Membership.objects.get(pk=pk), reason="Klar", by=by, at=AT)


def _approve(approval: Approval, by: Any) -> Approval:
    return actions.approve_approval(approval=Approval.objects.get(pk=approval.pk), by=by.viewer_at(AT), at=AT)


def _withdraw(approval: Approval, by: Any) -> Approval:
    return actions.withdraw_approval(approval=Approval.objects.get(pk=approval.pk), by=by.viewer_at(AT), at=AT)


def _proposed(number: int, municipality: Municipality, by: Any) -> Appointment:
    person = Person.objects.create(
        employee_id=f"nr{number}", name=f"Nr {number}", sort_name=f"nr {number}", from_date=AT.date(),
        unit=municipality.units["21"],
    )  # fmt: skip
    return propose_appointment(
        person=person,
        function=municipality.functions["security_representative"],
        units=[municipality.units["21"]],
        from_date=AT.date(),
        appointed_by="Säkerhetschefen",
        by=by.viewer_at(AT),
        at=AT,
    )


def _accept(appointment: Appointment, by: Any) -> Appointment:
    mine = Appointment.objects.get(pk=appointment.pk)
    return accept_appointment(appointment=mine, by=by.viewer_at(AT), at=AT)


def _decline(appointment: Appointment, by: Any) -> Appointment:
    mine = Appointment.objects.get(pk=appointment.pk)
    return decline_appointment(appointment=mine, reason="Nej", by=by.viewer_at(AT), at=AT)


def _deadlocks() -> int:
    """How many the server has counted in this database; SQLite has one writer at a time and so none."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)))
