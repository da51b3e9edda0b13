"""What can be done with decisions and assignments: one function per verb."""

from varn.areas.decisions.actions.after_meeting import (
    annul_decision,
    correct_days,
    follow_decision,
    gain_force,
    post_decision,
    quash_decision,
    repeal_decision,
    settle_appeal,
    verify_decision,
)
from varn.areas.decisions.actions.bodies import change_body, create_body, create_meeting
from varn.areas.decisions.actions.chasing import escalate_assignment, tell_overdue
from varn.areas.decisions.actions.closing import close_assignments, correct_closing, dismiss_closing, link_closing
from varn.areas.decisions.actions.deadlines import extend_assignment, interpret_deadline
from varn.areas.decisions.actions.dispatching import (
    acknowledge_by_link,
    acknowledge_dispatch,
    dispatch_decision,
    remind_dispatch,
    take_back_dispatch,
)
from varn.areas.decisions.actions.following import (
    delegate_assignment,
    match_assignment,
    note_progress,
    propose_report,
    report_back,
    report_part,
    support_assignment,
    take_back_assignment,
)
from varn.areas.decisions.actions.giving import adopt_assignment, lapse_assignment, repeal_assignment
from varn.areas.decisions.actions.readings import discard_reading, read_minutes
from varn.areas.decisions.actions.registering import AlreadyRegistered, NotConfirmed, register_decision
from varn.areas.decisions.actions.taking_up import plan_assignment, receive_assignment, start_assignment
from varn.areas.decisions.actions.undoing import annul_assignment

__all__ = [
    "AlreadyRegistered",
    "NotConfirmed",
    "acknowledge_by_link",
    "acknowledge_dispatch",
    "adopt_assignment",
    "annul_assignment",
    "annul_decision",
    "change_body",
    "close_assignments",
    "correct_closing",
    "correct_days",
    "create_body",
    "create_meeting",
    "delegate_assignment",
    "discard_reading",
    "dismiss_closing",
    "dispatch_decision",
    "escalate_assignment",
    "extend_assignment",
    "follow_decision",
    "gain_force",
    "interpret_deadline",
    "lapse_assignment",
    "link_closing",
    "match_assignment",
    "note_progress",
    "plan_assignment",
    "post_decision",
    "propose_report",
    "quash_decision",
    "read_minutes",
    "receive_assignment",
    "register_decision",
    "remind_dispatch",
    "repeal_assignment",
    "repeal_decision",
    "report_back",
    "report_part",
    "settle_appeal",
    "start_assignment",
    "support_assignment",
    "take_back_assignment",
    "take_back_dispatch",
    "tell_overdue",
    "verify_decision",
]
