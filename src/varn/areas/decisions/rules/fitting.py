"""Which deeds fit an assignment best, by how far it has come: they stand first on its page."""

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


def fitting_first(state: str, offered: Collection[str], *, is_matched: bool) -> Sequence[str]:
    """Those of the offered deeds that stand first, the most fitting first; an assignment that nobody has is linked."""
    wanted = (*(() if is_matched else (P.MATCH,)), *NEXT.get(state, ()))
    return [permission for permission in wanted if permission in offered][:MOST_FIRST]
