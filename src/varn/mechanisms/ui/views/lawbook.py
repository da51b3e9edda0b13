"""Regelverk: every rule of the lawbook with its value, source and checked mark."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from varn.kernel.lawbook import LAW
from varn.mechanisms.access.doors import signed_in
from varn.mechanisms.access.request import Request
from varn.mechanisms.installation.chosen import installation
from varn.mechanisms.ui import fragments, provisions
from varn.mechanisms.ui.taking_out import is_asked, taken_out


@signed_in
@require_safe
def rule_list(request: Request) -> HttpResponseBase:
    """The rules, by field of law and kind, as they stand today."""
    form = provisions.RuleFilter(request.GET or None)
    shown = provisions.rows(form, day=request.viewer.day, own=installation().reminders)
    if is_asked(request):
        return taken_out(request, provisions.RULES, shown, count=len(shown), name="ui:lawbook", title=_("Lawbook"))
    unread = sum(bool(each.now and each.now.needs_check) for each in shown)
    context = {"form": form, "rules": shown, "total": len(LAW), "unread": unread, "marks": provisions.marks()}
    context["title"] = _("Lawbook")
    return fragments.render(request, "ui/rule_list.html", "ui/_rule_list.html", context)


@signed_in
@require_safe
def rule_detail(request: Request, rule_id: str) -> HttpResponse:
    """One rule with all its versions."""
    if rule_id not in LAW:
        raise Http404
    context = provisions.detail(rule_id, day=request.viewer.day, own=installation().reminders)
    return render(request, "ui/rule_detail.html", context)
