"""The accounts of the installation, and the reader's own account."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from varn.mechanisms.access.assurance import Assurance
from varn.mechanisms.access.doors import demands, fresh, needs, signed_in
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.permissions import Permission
from varn.mechanisms.access.request import Request
from varn.mechanisms.door import actions, queries
from varn.mechanisms.door.factors import factors_of
from varn.mechanisms.door.forms import AccountForm
from varn.mechanisms.door.links import days_of_link, password_path
from varn.mechanisms.door.offering import facts_of_the_door, verbs_of_the_door
from varn.mechanisms.door.tables import ACCOUNTS, AccountFilter, AccountTable, state_of
from varn.mechanisms.links import Link
from varn.mechanisms.ui.details import Fact, detail_context
from varn.mechanisms.ui.forms import Form, form_page, sent, submitted
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.models import SavedView
from varn.mechanisms.ui.words import functions

WRITES = ("GET", "HEAD", "POST")


@needs(Permission.READ_ACCOUNTS)
def account_list(request: Request) -> HttpResponseBase:
    """Every account."""
    create = Link(label=_("Create an account"), url=reverse("access:account-create"), icon="user-plus", primary=True)
    return list_page(
        request,
        queryset=queries.accounts(viewer=request.viewer),
        table=AccountTable,
        filterset=AccountFilter,
        title=_("Accounts"),
        name="access:accounts",
        columns=ACCOUNTS,
        export_permission=Permission.READ_ACCOUNTS,
        actions=[create] if request.viewer.may(Permission.CREATE_ACCOUNT) else [],
        lead=_("An account is a way in. What it opens follows from the person’s appointments."),
        context={"help_page": "administration"},
    )


@needs(Permission.CREATE_ACCOUNT, methods=WRITES)
@fresh
def account_create(request: Request) -> HttpResponse:
    """A new account, whose owner is sent a link for choosing a password."""
    form = AccountForm(sent(request))
    account = submitted(form, actions.create_account, request)
    if account is not None:
        return _shows_link(request, account)
    return form_page(request, form=form, title=_("Create an account"), back=reverse("access:account-list"))


@needs(Permission.READ_ACCOUNTS)
def account_detail(request: Request, pk: int) -> HttpResponse:
    """One account, with what may be done to it."""
    account = get_object_or_404(queries.accounts(viewer=request.viewer), pk=pk)
    facts = [
        Fact(label=_("State"), state=f"access:account.{state_of(account)}"),
        *facts_of_the_door(account, viewer=request.viewer),
        Fact(label=_("E-mail address"), value=account.email),
        Fact(label=_("Administrator"), value=account.is_administrator),
        Fact(label=_("Created"), value=account.created_at),
        Fact(label=_("Last signed in"), value=account.last_login),
    ]
    context = detail_context(
        account,
        request=request,
        facts=facts,
        actions=_verbs(request, account),
        trail=[Link(label=_("Accounts"), url=reverse("access:account-list"))],
    )
    return render(request, "ui/detail.html", context)


@needs(Permission.RESET_PASSWORD, methods=WRITES)
@fresh
def account_reset_password(request: Request, pk: int) -> HttpResponse:
    """The account gets a new link instead of its password."""
    account = get_object_or_404(queries.accounts(viewer=request.viewer), pk=pk)
    form = Form(sent(request))
    if submitted(form, actions.reset_password, request, account=account) is not None:
        return _shows_link(request, account)
    lead = _("The password stops working, whoever is signed in is signed out, and a link is sent to %(email)s.")
    return _verb_page(request, account, form, _("Reset the password"), lead % {"email": account.email})


@needs(Permission.CLOSE_ACCOUNT, methods=WRITES)
@fresh
def account_close(request: Request, pk: int) -> HttpResponse:
    """The account lets nobody in."""
    account = get_object_or_404(queries.accounts(viewer=request.viewer), pk=pk)
    form = Form(sent(request))
    if submitted(form, actions.close_account, request, account=account) is not None:
        messages.success(request, _("The account is closed."))
        return redirect("access:account-detail", pk)
    lead = _("Nobody comes in by the account any longer. What it has done stays. It can be opened again.")
    return _verb_page(request, account, form, _("Close the account"), lead, danger=True)


@needs(Permission.OPEN_ACCOUNT, methods=WRITES)
@fresh
def account_open(request: Request, pk: int) -> HttpResponse:
    """The closed account is open again."""
    account = get_object_or_404(queries.accounts(viewer=request.viewer), pk=pk)
    form = Form(sent(request))
    if submitted(form, actions.open_account, request, account=account) is not None:
        return _shows_link(request, account)
    lead = _("A link for choosing a new password is sent to %(email)s.") % {"email": account.email}
    return _verb_page(request, account, form, _("Open the account again"), lead)


@needs(Permission.RESET_FACTORS, methods=WRITES)
@fresh
def account_reset_factors(request: Request, pk: int) -> HttpResponse:
    """Nothing opens the account, and its owner begins again with a link that is handed over by hand."""
    account = get_object_or_404(queries.accounts(viewer=request.viewer), pk=pk)
    form = Form(sent(request))
    if submitted(form, actions.reset_factors, request, account=account) is not None:
        return _shows_link(request, account, is_mailed=False)
    lead = _(
        "For somebody who has lost what they sign in with, and whose identity you have checked. Password, passkeys, "
        "app for codes and recovery codes stop working, whoever is signed in is signed out, and a mail to "
        "%(email)s says that it was done. You are shown a link to hand over; it is not mailed."
    )
    title = _("Reset the ways to sign in")
    return _verb_page(request, account, form, title, lead % {"email": account.email}, danger=True)


@signed_in
@demands(Assurance.PASSWORD)
@require_safe
def own_account(request: Request) -> HttpResponse:
    """Who the reader is here, and what their appointments open."""
    account = request.user
    facts = [
        Fact(label=_("Name"), value=account.name),
        Fact(label=_("E-mail address"), value=account.email),
        Fact(label=_("Functions today"), value=functions(request.viewer.function)),
        Fact(label=_("Administrator"), value=account.is_administrator),
        Fact(label=_("Last signed in"), value=account.last_login),
    ]
    views = SavedView.objects.visible_to(request.viewer)
    context = {"title": _("My account"), "facts": facts, "views": views, "factors": factors_of(account)}
    return render(request, "door/own_account.html", context)


@never_cache
def _shows_link(request: Request, account: Account, *, is_mailed: bool = True) -> HttpResponse:
    """The link is shown once, for the one who hands it over by hand; it may also be on its way by mail."""
    link = f"{settings.BASE_URL}{password_path(account)}"
    context = {"title": _("The link for choosing a password"), "account": account, "link": link, "is_mailed": is_mailed}
    context["days"] = days_of_link(at=request.viewer.at)
    return render(request, "door/link.html", context)


def _verbs(request: Request, account: Account) -> list[Link]:
    is_anothers = account.is_active and account.pk != request.viewer.account_id
    offered = (
        (Permission.RESET_PASSWORD, account.is_active, "reset_password", _("Reset the password"), "key"),
        (Permission.RESET_FACTORS, is_anothers, "reset_factors", _("Reset the ways to sign in"), "shield"),
        (Permission.CLOSE_ACCOUNT, account.is_active, "close", _("Close the account"), "lock"),
        (Permission.OPEN_ACCOUNT, not account.is_active, "open", _("Open the account again"), "lock-open"),
    )
    verbs = [
        Link(label=label, url=reverse(f"access:account-{verb}", args=[account.pk]), icon=icon)
        for permission, fits, verb, label, icon in offered
        if fits and request.viewer.may(permission)
    ]
    return [*verbs, *verbs_of_the_door(request, account)]


def _verb_page(
    request: Request, account: Account, form: Form, title: str, lead: str, *, danger: bool = False
) -> HttpResponse:
    back = reverse("access:account-detail", args=[account.pk])
    trail = [
        Link(label=_("Accounts"), url=reverse("access:account-list")),
        Link(label=account.name, url=back),
    ]
    return form_page(request, form=form, title=title, lead=lead, submit=title, back=back, trail=trail, danger=danger)
