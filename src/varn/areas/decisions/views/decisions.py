"""The pages of decisions: the list, one decision, and its chain."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from varn.areas.decisions import exports, queries
from varn.areas.decisions.lifecycle import OPEN_STATES, DecisionState
from varn.areas.decisions.models import Decision, Dispatch
from varn.areas.decisions.permissions import Permission
from varn.areas.decisions.rules import binding_from, marked, work_on_decision
from varn.areas.decisions.views.tables import DecisionFilter, DecisionTable
from varn.kernel.glossary import GLOSSARY
from varn.kernel.wording import source_in_full
from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.request import Request
from varn.mechanisms.links import Link, url_of, verb_url
from varn.mechanisms.secrecy.showing import access_link, marks_of
from varn.mechanisms.ui.details import Fact, detail_context
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.trails import trail_to
from varn.mechanisms.ui.words import language, word

HELP = "beslut-och-uppdrag"
# The moves of a decision that somebody waits for.
WAITED_FOR = ("verify", "post", "settle_appeal")


@needs(Permission.READ_DECISIONS)
def decision_list(request: Request) -> HttpResponse:
    """Every decision the reader may see."""
    may_bring = request.viewer.may(Permission.READ_MINUTES)
    bring = Link(
        label=_("Bring in a decision"), url=reverse("decisions:reading-create"), icon="file-import", primary=True
    )
    more = [
        Link(label=_("Minutes that have been read"), url=reverse("decisions:reading-list")),
        Link(label=_("Closings without an assignment"), url=reverse("decisions:closing-list")),
    ]
    return list_page(
        request,
        queryset=queries.decisions(viewer=request.viewer),
        table=DecisionTable,
        filterset=DecisionFilter,
        columns=exports.DECISIONS,
        title=_("Decisions"),
        name="decisions:decisions",
        export_permission=Permission.EXPORT_DECISIONS,
        actions=[bring, *more] if may_bring else [],
        first_step=bring if may_bring else None,
        empty=_("Decisions of the municipality's bodies stand here, clause by clause, with what came of them."),
        context={"help_page": HELP},
    )


@needs(Permission.READ_DECISIONS)
def decision_detail(request: Request, reference: str) -> HttpResponse:
    """One decision: its words, its parts, its assignments, and whom it was sent to."""
    decision = found(request, reference)
    context = detail_context(
        decision,
        request=request,
        title=f"§ {decision.paragraph} {decision.title}",
        facts=_facts(decision, request),
        trail=trail_to(Decision),
        help_page=HELP,
        pressing=WAITED_FOR,
    )
    is_pressed = any(move.primary for move in context["moves"])
    work = [each for each in work_on_decision(decision.state) if may(request.viewer, each, decision)]
    more = [*_seldom(decision, work), *access_link(decision, request)]
    context |= {"actions": _links(decision, request, work, after_a_move=is_pressed), "more": more}
    context["marks"] = marks_of(decision, request)
    return render(request, "decisions/decision.html", context | _parts(decision, request))


@needs(Permission.READ_DECISIONS)
def decision_chain(request: Request, reference: str) -> HttpResponse:
    """From each clause to everything that came of it."""
    decision = found(request, reference)
    wanted = request.GET.get("clause", "")
    chain = queries.chain_of(decision, viewer=request.viewer, clause=int(wanted) if wanted.isdigit() else None)
    context = {
        "title": _("What came of § %(number)s") % {"number": decision.paragraph},
        "decision": decision,
        "chain": chain,
        "closed": queries.closings_said_by(decision, viewer=request.viewer),
        "dispatches": queries.dispatches_of(decision, viewer=request.viewer),
        "one_clause": wanted.isdigit(),
        "trail": trail_to(Decision, decision),
    }
    return render(request, "decisions/chain.html", context)


def found(request: Request, reference: str) -> Decision:
    """The decision of the address, if the reader may see it; otherwise it does not exist."""
    return get_object_or_404(queries.decisions_in_full(viewer=request.viewer), reference=reference)


def _facts(decision: Decision, request: Request) -> list[Fact]:
    follows = queries.decision_seen(decision.follows_id, viewer=request.viewer)
    repealed_by = queries.decision_seen(decision.repealed_by_id, viewer=request.viewer)
    facts = [
        Fact(label=_("Body"), value=decision.body, url=url_of(decision.body)),
        Fact(label=_("Decided"), value=decision.date),
        Fact(label=_("Case number"), value=decision.case_number),
        Fact(
            label=_("Verified"), value=decision.verified_date, note=_by(decision, "verify_by", decision.verified_date)
        ),
        Fact(label=_("Posted"), value=decision.posted_date, note=_by(decision, "post_by", decision.posted_date)),
        Fact(
            label=_("Can be appealed through"), value=decision.appeal_until_date, note=_source(decision, "appeal_until")
        ),
        _binding(decision, request),
    ]
    if follows:
        facts.append(Fact(label=_("Follows up"), value=follows.citation, url=url_of(follows)))
    if repealed_by:
        facts.append(Fact(label=_("Repealed by"), value=repealed_by.citation, url=url_of(repealed_by)))
    return facts


def _binding(decision: Decision, request: Request) -> Fact:
    """Since when it is binding, or from when at the earliest: by the day itself, whatever the night's work has done."""
    is_posted = decision.state == DecisionState.POSTED
    from_day = binding_from(decision.appeal_until_date) if is_posted else decision.binding_date
    if from_day is not None and from_day > request.viewer.day:
        return Fact(label=_("Binding at the earliest from"), value=from_day, note=_("if nobody appeals"))
    return Fact(label=_("Binding since"), value=from_day)


def _by(decision: Decision, name: str, done: object) -> str:
    last = getattr(decision, f"{name}_date")
    if done or last is None:
        return _source(decision, name) if done else ""
    return _("no later than %(day)s (%(source)s)") % {"day": last, "source": _source(decision, name)}


def _source(decision: Decision, name: str) -> str:
    return source_in_full(decision.law.get(name, {}).get("source", ""), GLOSSARY, language())


def _links(decision: Decision, request: Request, work: Collection[str], *, after_a_move: bool) -> list[Link]:
    """What can be done besides the moves. Sending is the first button while somebody is left to send to."""
    links = [Link(label=_("What came of it"), url=verb_url(decision, "chain"), icon="route")]
    if Permission.DISPATCH_DECISION in work:
        is_left = queries.is_left_to_send(decision, viewer=request.viewer)
        label, url = capfirst(word(Permission.DISPATCH_DECISION)), verb_url(decision, "dispatch")
        send = Link(label=label, url=url, icon="send", primary=is_left and not after_a_move)
        links.insert(0 if is_left else 1, send)
    return links


def _seldom(decision: Decision, work: Collection[str]) -> list[Link]:
    """What is seldom done with a decision, and is folded."""
    links = []
    if Permission.REPEAL_DECISION in work:
        links.append(Link(label=_("Repeal by a later decision"), url=verb_url(decision, "repeal"), icon="archive"))
    if decision.verified_date and Permission.CORRECT_DAYS in work:
        label, url = capfirst(word(Permission.CORRECT_DAYS)), verb_url(decision, "correct_days")
        links.append(Link(label=label, url=url, icon="calendar"))
    if Permission.FOLLOW in work:
        links.append(Link(label=capfirst(word(Permission.FOLLOW)), url=verb_url(decision, "follow"), icon="link"))
    return links


def _parts(decision: Decision, request: Request) -> dict[str, Any]:
    parts = queries.parts_of(decision)
    by_clause = queries.given_by(decision, viewer=request.viewer)
    dispatches = queries.dispatches_of(decision, viewer=request.viewer)
    extended = queries.extended_by_clause(decision, viewer=request.viewer)
    waiting = queries.why_waiting(parts["closings"], viewer=request.viewer)
    spans = {
        f"{part}[{row.position - 1}]": (row.span_start, row.span_end)
        for part in ("clauses", "recipients")
        for row in parts[part]
        if row.span_start is not None
    }
    return {
        **parts,
        "decision": decision,
        "clauses": [(each, by_clause.get(each.pk, []), extended.get(each.pk, [])) for each in parts["clauses"]],
        "closings": [(closing, waiting.get(closing.pk)) for closing in parts["closings"]],
        "may_link": may(request.viewer, Permission.LINK_CLOSING, decision),
        "open_states": OPEN_STATES,
        "pieces": marked(decision.text, spans),
        "closed": queries.closings_said_by(decision, viewer=request.viewer),
        "dispatches": dispatches,
        "remindable": [each.pk for each in dispatches if _is_told_before_today(each, request.viewer.day)],
        "waiting_lines": queries.lines_left(decision, viewer=request.viewer),
        "unanswered": queries.awaited_from(request.viewer, decision),
        "may_remind": may(request.viewer, Permission.REMIND, decision),
        "may_take_back": may(request.viewer, Permission.TAKE_BACK_DISPATCH, decision),
    }


def _is_told_before_today(dispatch: Dispatch, day: date) -> bool:
    """Whether neither the decision nor a reminder went out today already."""
    return timezone.localdate(dispatch.reminded_at or dispatch.sent_at) < day
