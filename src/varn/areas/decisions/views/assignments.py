"""The pages of assignments: the list, one assignment, and the work on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from varn.areas.decisions import actions, exports, queries
from varn.areas.decisions.forms import assignments as forms
from varn.areas.decisions.forms.closing import CloseSeveralForm
from varn.areas.decisions.forms.fields import ReasonForm
from varn.areas.decisions.lifecycle import OPEN_STATES
from varn.areas.decisions.models import Assignment
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.views.deeds import buttons_of
from varn.areas.decisions.views.tables import AssignmentFilter, AssignmentTable
from varn.areas.decisions.views.telling import about_assignment
from varn.areas.organisation.queries import holder_of
from varn.mechanisms.access.doors import View, needs
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.request import Request
from varn.mechanisms.access.require import require
from varn.mechanisms.links import Link, url_of
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.ui.details import Fact, detail_context
from varn.mechanisms.ui.forms import Stored, form_page, sent_files, submitted
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.trails import trail_to
from varn.mechanisms.ui.words import explanation, sentence, word

BOTH = ("GET", "HEAD", "POST")


@needs(Permission.READ_ASSIGNMENTS)
def assignment_list(request: Request) -> HttpResponse:
    """Every assignment the reader may see, the oldest first."""
    close = Link(label=_("Close several"), url=reverse("decisions:assignment-close_several"), icon="checks")
    return list_page(
        request,
        queryset=queries.assignments(viewer=request.viewer),
        table=AssignmentTable,
        filterset=AssignmentFilter,
        columns=exports.ASSIGNMENTS,
        title=_("Assignments"),
        name="decisions:assignments",
        export_permission=Permission.EXPORT_ASSIGNMENTS,
        actions=[close] if request.viewer.may(Permission.CLOSE) else [],
        first_step=None,
        empty=_("What the bodies have given somebody to do stands here, until the body that gave it closes it."),
        context={"help_page": "beslut-och-uppdrag"},
    )


@needs(Permission.READ_ASSIGNMENTS)
def assignment_detail(request: Request, reference: str) -> HttpResponse:
    """One assignment: who answers, by when, what has been done, and what the body said."""
    assignment = _assignment(request, reference)
    context = detail_context(
        assignment,
        request=request,
        title=f"{assignment.assignee}: {assignment.text}"[:160],
        facts=_facts(assignment, request),
        trail=trail_to(Assignment),
        help_page="beslut-och-uppdrag",
    )
    context |= buttons_of(assignment, context["moves"], request)
    return render(request, "decisions/assignment.html", context | _parts(assignment, request))


@needs(Permission.CLOSE, methods=BOTH)
def assignment_close_several(request: Request) -> HttpResponse:
    """Close several assignments by one registered decision."""
    chosen = {"assignments": request.GET.getlist("assignment")}
    form = CloseSeveralForm(request.POST or None, viewer=request.viewer, initial=chosen)
    closed = submitted(form, actions.close_assignments, request)
    if closed is not None:
        said = ngettext("%(count)s assignment is closed.", "%(count)s assignments are closed.", len(closed))
        messages.success(request, said % {"count": len(closed)})
        return redirect("decisions:assignment-list")
    return form_page(
        request,
        form=form,
        title=_("Close several"),
        lead=_("Tick the assignments, and choose the decision that closes them."),
        submit=_("Close the ticked ones"),
        back=reverse("decisions:assignment-list"),
        trail=trail_to(Assignment),
    )


@needs(Permission.TELL_OVERDUE, methods=("POST",))
def assignment_tell_overdue(request: Request, reference: str) -> HttpResponse:
    """Tell those who answer for the assignment that it is overdue, now."""
    assignment = _assignment(request, reference)
    try:
        actions.tell_overdue(assignment=assignment, by=request.viewer, at=request.viewer.at)
        messages.success(request, _("Those who answer for the assignment are told."))
    except Refused as error:
        messages.error(request, sentence(error.refusal))
    return redirect(url_of(assignment))


def work_view(
    verb: str,
    permission: str,
    form_class: type,
    action: Callable[..., Any],
    *,
    initial: Callable[[Assignment], dict[str, Any]] = lambda assignment: {},
    told: Callable[[Assignment], str] = lambda assignment: _("Saved."),
    shows: Callable[[Assignment], dict[str, Any]] = lambda assignment: {},
    **page: bool,
) -> View:
    """The form page of a verb on an assignment that is not a move. `told` says what is true afterwards.

    `shows` is what stands above the form, beside the sentence that explains the deed; `page` goes to `form_page`.
    """

    @needs(permission, methods=BOTH)
    def view(request: Request, reference: str) -> HttpResponse:
        assignment = _assignment(request, reference)
        require(permission, by=request.viewer, on=assignment)
        known = {"thing": assignment} if issubclass(form_class, forms.OnAssignment) else {}
        form = form_class(
            request.POST or None,
            sent_files(request),
            viewer=request.viewer,
            initial=Stored(assignment, initial(assignment)),
            **known,
        )
        if submitted(form, action, request, assignment=assignment) is not None:
            messages.success(request, told(assignment))
            return redirect(url_of(assignment))
        return form_page(
            request,
            form=form,
            title=capfirst(word(permission)),
            lead=about_assignment(assignment),
            back=url_of(assignment),
            trail=trail_to(Assignment, assignment),
            explanation=explanation(permission),
            template="decisions/deed.html",
            context=shows(assignment),
            **page,
        )

    view.__name__ = f"assignment_{verb}"
    return view


def _deadline_now(assignment: Assignment) -> dict[str, Any]:
    def now(part: str) -> Callable[[], Any]:
        return lambda: getattr(queries.stated_deadline(assignment), part, None)

    return {"kind": now("kind"), "first_date": now("first"), "last_date": now("last")}


def _words_of_the_deadline(assignment: Assignment) -> dict[str, Any]:
    return {"clause": assignment.clause, "deadline": queries.deadline_now(assignment)}


def _delegated(assignment: Assignment) -> str:
    return _("The assignment is delegated to %(name)s.") % {"name": assignment.delegated_to}


def _named(field: str) -> Callable[[Assignment], dict[str, Any]]:
    return lambda assignment: {field: getattr(getattr(assignment, field), "name", "")}


assignment_interpret = work_view(
    "interpret",
    Permission.INTERPRET,
    forms.DeadlineForm,
    actions.interpret_deadline,
    initial=_deadline_now,
    shows=_words_of_the_deadline,
)
assignment_extend = work_view("extend", Permission.EXTEND, forms.ExtendForm, actions.extend_assignment)
assignment_delegate = work_view(
    "delegate",
    Permission.DELEGATE,
    forms.DelegateForm,
    actions.delegate_assignment,
    stop_text=True,
    initial=_named("delegated_to"),
    told=_delegated,
)
assignment_take_back = work_view(
    "take_back",
    Permission.TAKE_BACK,
    ReasonForm,
    actions.take_back_assignment,
    told=lambda assignment: _("The assignment is not delegated any more."),
)
assignment_support = work_view(
    "support", Permission.SUPPORT, forms.SupportForm, actions.support_assignment, initial=_named("support")
)
assignment_match = work_view("match", Permission.MATCH, forms.MatchForm, actions.match_assignment)
assignment_note = work_view(
    "report_progress", Permission.REPORT_PROGRESS, forms.NoteForm, actions.note_progress, stop_text=True
)


def _close(*, assignment: Assignment, **values: Any) -> Any:
    return actions.close_assignments(assignments=[assignment], **values)


assignment_adopt = work_view("adopt", Permission.ADOPT, forms.RulingForm, actions.adopt_assignment)
assignment_close = work_view("close", Permission.CLOSE, forms.CloseForm, _close)
assignment_repeal = work_view(
    "repeal", Permission.REPEAL_ASSIGNMENT, forms.RulingForm, actions.repeal_assignment, danger=True
)


def _assignment(request: Request, reference: str) -> Assignment:
    return get_object_or_404(queries.assignments(viewer=request.viewer), reference=reference)


def _facts(assignment: Assignment, request: Request) -> list[Fact]:
    holder = holder_of(assignment.office, request.viewer.day, viewer=request.viewer) if assignment.office else None
    is_known = assignment.office_id or assignment.unit_id
    who = _("Office responsible") if assignment.office_id or not is_known else _("Unit responsible")
    return [
        Fact(
            label=who,
            value=assignment.answers,
            note=holder.name if holder else "",
            state="" if is_known else "decisions:not_linked",
        ),
        Fact(label=_("In the words of the text"), value=assignment.assignee),
        Fact(label=_("Delegated to"), value=assignment.delegated_to),
        Fact(label=_("Support"), value=assignment.support),
        Fact(label=_("To be reported to"), value=assignment.giver, url=url_of(assignment.giver)),
        Fact(label=_("Decision"), value=assignment.decision.citation, url=url_of(assignment.decision)),
        Fact(label=_("Given"), value=assignment.from_date),
        Fact(label=_("Last day"), value=assignment.due_date),
        Fact(label=_("How it is to be reported"), value=assignment.report_form),
        Fact(label=_("Ended on"), value=assignment.until_date),
    ]


def _parts(assignment: Assignment, request: Request) -> dict[str, Any]:
    late = assignment.is_overdue(request.viewer.day)
    shared = queries.shared_with(assignment, viewer=request.viewer)
    return {
        **queries.parts_of_assignment(assignment, viewer=request.viewer),
        "assignment": assignment,
        "open_states": OPEN_STATES,
        "notes": queries.notes_of(assignment, viewer=request.viewer),
        "shared": shared,
        "sharing": queries.sharing_now(shared) if shared else None,
        "may_tell_overdue": late and may(request.viewer, Permission.TELL_OVERDUE, assignment),
    }
