"""The addresses of decisions: one for each verb, named after its permission."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.urls import URLPattern, path

from varn.areas.decisions import actions
from varn.areas.decisions.forms import assignments as assignment_forms
from varn.areas.decisions.forms import decisions as decision_forms
from varn.areas.decisions.models import Assignment, Decision
from varn.areas.decisions.views import (
    assignments,
    bodies,
    changing,
    closings,
    confirming,
    decisions,
    dispatches,
    readings,
)
from varn.areas.decisions.views.telling import about_assignment, about_decision
from varn.mechanisms.ui.moves import move_view

app_name = "decisions"


def _of(name: str, action: Callable[..., Any]) -> Callable[..., Any]:
    """The action as a move's page calls it: the thing first."""

    def do(thing: Model, **values: Any) -> Any:
        return action(**{name: thing}, **values)

    return do


DECISION_MOVES: dict[str, dict[str, Any]] = {
    "verify": {"form": decision_forms.OnDayForm, "do": _of("decision", actions.verify_decision)},
    "post": {"form": decision_forms.OnDayForm, "do": _of("decision", actions.post_decision)},
    "appeal": {},
    "settle_appeal": {"form": decision_forms.OnDayForm, "do": _of("decision", actions.settle_appeal)},
    "quash": {"form": decision_forms.OnDayForm, "do": _of("decision", actions.quash_decision)},
    "annul": {"form": decision_forms.AnnulForm, "do": _of("decision", actions.annul_decision)},
}
ASSIGNMENT_MOVES: dict[str, dict[str, Any]] = {
    "receive": {"form": assignment_forms.NothingForm, "do": _of("assignment", actions.receive_assignment)},
    "plan": {"do": _of("assignment", actions.plan_assignment)},
    "start": {"form": assignment_forms.StartForm, "do": _of("assignment", actions.start_assignment)},
    "report_part": {"form": assignment_forms.NoteForm, "do": _of("assignment", actions.report_part)},
    "propose_report": {"form": assignment_forms.NoteForm, "do": _of("assignment", actions.propose_report)},
    "report_back": {"form": assignment_forms.ReportBackForm, "do": _of("assignment", actions.report_back)},
    "lapse": {"form": assignment_forms.LapseForm, "do": _of("assignment", actions.lapse_assignment)},
    "annul": {"do": _of("assignment", actions.annul_assignment)},
}


def _moves(
    folder: str, thing: str, model: type[Model], moves: dict[str, dict[str, Any]], tell: Callable[[Any], str]
) -> list[URLPattern]:
    return [
        path(f"{folder}<str:reference>/{name}/", move_view(model, name, tell=tell, **options), name=f"{thing}-{name}")
        for name, options in moves.items()
    ]


urlpatterns = [
    path("", decisions.decision_list, name="decision-list"),
    path("bodies/", bodies.body_list, name="body-list"),
    path("bodies/create/", bodies.body_create, name="body-create"),
    path("bodies/<int:pk>/", bodies.body_detail, name="body-detail"),
    path("bodies/<int:pk>/change/", bodies.body_change, name="body-change"),
    path("bodies/<int:pk>/open/", bodies.body_balance, name="body-balance"),
    path("bodies/<int:pk>/meetings/create/", bodies.meeting_create, name="meeting-create"),
    path("readings/", readings.reading_list, name="reading-list"),
    path("readings/create/", readings.reading_create, name="reading-create"),
    path("readings/<str:reference>/", readings.reading_detail, name="reading-detail"),
    path("readings/<str:reference>/discard/", readings.reading_discard, name="reading-discard"),
    path("readings/<str:reference>/<int:index>/", confirming.reading_confirm, name="reading-confirm"),
    path("readings/<str:reference>/begin/", confirming.reading_begin, name="reading-begin"),
    path("readings/<str:reference>/register/", confirming.reading_register, name="reading-register"),
    path("dispatches/", dispatches.dispatch_list, name="dispatch-list"),
    path("dispatches/<int:pk>/acknowledge/", dispatches.dispatch_acknowledge, name="dispatch-acknowledge"),
    path("dispatches/<int:pk>/remind/", dispatches.dispatch_remind, name="dispatch-remind"),
    path("dispatches/<int:pk>/take_back/", dispatches.dispatch_take_back, name="dispatch-take_back"),
    path("link/<str:secret>/", dispatches.dispatch_link, name="dispatch-link"),
    path("closings/", closings.closing_list, name="closing-list"),
    path("closings/<int:pk>/link/", closings.closing_link, name="closing-link"),
    path("closings/<int:pk>/dismiss/", closings.closing_dismiss, name="closing-dismiss"),
    path("closings/<int:pk>/correct/", closings.closing_correct, name="closing-correct"),
    path("assignments/", assignments.assignment_list, name="assignment-list"),
    path("assignments/close/", assignments.assignment_close_several, name="assignment-close_several"),
    path("assignments/<str:reference>/", assignments.assignment_detail, name="assignment-detail"),
    path("assignments/<str:reference>/interpret/", assignments.assignment_interpret, name="assignment-interpret"),
    path("assignments/<str:reference>/extend/", assignments.assignment_extend, name="assignment-extend"),
    path("assignments/<str:reference>/delegate/", assignments.assignment_delegate, name="assignment-delegate"),
    path("assignments/<str:reference>/take_back/", assignments.assignment_take_back, name="assignment-take_back"),
    path("assignments/<str:reference>/support/", assignments.assignment_support, name="assignment-support"),
    path("assignments/<str:reference>/match/", assignments.assignment_match, name="assignment-match"),
    path("assignments/<str:reference>/note/", assignments.assignment_note, name="assignment-report_progress"),
    path("assignments/<str:reference>/adopt/", assignments.assignment_adopt, name="assignment-adopt"),
    path("assignments/<str:reference>/close/", assignments.assignment_close, name="assignment-close"),
    path("assignments/<str:reference>/repeal/", assignments.assignment_repeal, name="assignment-repeal"),
    path(
        "assignments/<str:reference>/tell_overdue/",
        assignments.assignment_tell_overdue,
        name="assignment-tell_overdue",
    ),
    *_moves("assignments/", "assignment", Assignment, ASSIGNMENT_MOVES, tell=about_assignment),
    path("<str:reference>/", decisions.decision_detail, name="decision-detail"),
    path("<str:reference>/chain/", decisions.decision_chain, name="decision-chain"),
    path("<str:reference>/dispatch/", dispatches.decision_dispatch, name="decision-dispatch"),
    path("<str:reference>/repeal/", changing.decision_repeal, name="decision-repeal"),
    path("<str:reference>/correct_days/", changing.decision_correct_days, name="decision-correct_days"),
    path("<str:reference>/follow/", changing.decision_follow, name="decision-follow"),
    *_moves("", "decision", Decision, DECISION_MOVES, tell=about_decision),
]
