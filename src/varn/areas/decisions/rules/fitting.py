"""What can be done with a decision or an assignment by how far it has come, and what fits an assignment best."""

from collections.abc import Collection, Sequence

from varn.areas.decisions.permissions import Permission as P

MOST_FIRST = 2
# What usually comes next, the most fitting first, whoever may do it.
NEXT: dict[str, tuple[P, ...]] = {
    "proposed": (P.ADOPT, P.LAPSE),
    "decided": (P.RECEIVE, P.DELEGATE, P.INTERPRET),
    "dispatched": (P.RECEIVE, P.DELEGATE, P.INTERPRET),
    "received": (P.START, P.DELEGATE, P.INTERPRET),
    "planned": (P.START, P.REPORT_PROGRESS),
    "under_way": (P.PROPOSE_REPORT, P.REPORT_PROGRESS),
    "partly_reported": (P.PROPOSE_REPORT, P.REPORT_PROGRESS),
    "ready_to_report": (P.REPORT_BACK, P.REPORT_PROGRESS),
    "reported_back": (P.CLOSE,),
}

WORK = (P.REPORT_PROGRESS, P.INTERPRET, P.DELEGATE, P.SUPPORT, P.EXTEND, P.CLOSE)
ON_ANY = (P.MATCH, P.REPEAL_ASSIGNMENT)


def work_on_assignment(state: str, *, is_open: bool, is_delegated: bool) -> Sequence[P]:
    """What can be done with an assignment besides its moves; nothing once it has ended."""
    if state == "proposed":
        return (P.ADOPT, *ON_ANY)
    if not is_open:
        return ()
    return (*WORK, *((P.TAKE_BACK,) if is_delegated else ()), *ON_ANY)


def work_on_decision(state: str) -> Sequence[P]:
    """What can be done with a decision besides its moves."""
    if state == "annulled":
        return (P.FOLLOW,)
    if state == "repealed":
        return (P.DISPATCH_DECISION, P.FOLLOW)
    return (P.DISPATCH_DECISION, P.REPEAL_DECISION, P.CORRECT_DAYS, P.FOLLOW)


def fitting_first(state: str, offered: Collection[str], *, is_matched: bool, is_read: bool = False) -> Sequence[str]:
    """Those of the offered deeds that stand first, the most fitting first; an assignment that nobody has is linked.

    A deadline that is read already is not asked for again.
    """
    wanted = [*(() if is_matched else (P.MATCH,)), *NEXT.get(state, ())]
    wanted = [permission for permission in wanted if not (is_read and permission is P.INTERPRET)]
    return [permission for permission in wanted if permission in offered][:MOST_FIRST]
