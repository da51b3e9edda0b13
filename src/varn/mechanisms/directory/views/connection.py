"""The page of the connection to the directory: the ways in, the tokens, the last sync and the groups."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from varn.mechanisms.access.doors import fresh, needs
from varn.mechanisms.access.request import Request
from varn.mechanisms.directory import actions, queries
from varn.mechanisms.directory.forms import GroupForm, TokenForm
from varn.mechanisms.directory.permissions import Permission
from varn.mechanisms.directory.secrets import new_secret
from varn.mechanisms.directory.tables import EXPORTED, GroupFilter, GroupTable
from varn.mechanisms.links import Link
from varn.mechanisms.ui.forms import Form, form_page, sent, submitted
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.words import explanation, word

BOTH = ("GET", "HEAD", "POST")


@needs(Permission.READ_DIRECTORY)
def connection(request: Request) -> HttpResponse:
    """How the installation is connected to the municipality's own directory and sign-in."""
    viewer, create = request.viewer, Permission.CREATE_TOKEN
    found = queries.standing(viewer=viewer)
    links = [
        Link(label=capfirst(word(create)), url=reverse("directory:token-create"), icon="key"),
        Link(label=_("Groups"), url=reverse("directory:group-list"), icon="users"),
    ]
    context = {
        "title": _("Directory"),
        "lead": _("How Värn is connected to the municipality’s own directory and sign-in."),
        "actions": links if viewer.may(create) else links[1:],
        "may_revoke": viewer.may(Permission.REVOKE_TOKEN),
        "inactive_note": _("%(number)s of them are closed") % {"number": found["inactive"]},
        "address": _address(),
    }
    return render(request, "directory/connection.html", context | found)


@needs(Permission.CREATE_TOKEN, methods=BOTH)
@fresh
@never_cache
def token_create(request: Request) -> HttpResponse:
    """A new token, which is shown once."""
    form, secret = TokenForm(sent(request)), new_secret()
    token = submitted(form, actions.create_token, request, secret=secret)
    if token is not None:
        context = {"title": _("The token"), "token": token, "secret": secret, "address": _address()}
        return render(request, "directory/token.html", context)
    return _form(request, form, Permission.CREATE_TOKEN)


@needs(Permission.REVOKE_TOKEN, methods=BOTH)
def token_revoke(request: Request, pk: int) -> HttpResponse:
    """The token opens nothing any longer."""
    token = get_object_or_404(queries.tokens(viewer=request.viewer), pk=pk)
    form = Form(sent(request))
    if submitted(form, actions.revoke_token, request, token=token) is not None:
        messages.success(request, _("The token opens nothing any longer."))
        return redirect("directory:connection")
    return _form(request, form, Permission.REVOKE_TOKEN, lead=token.name, danger=True)


@needs(Permission.READ_GROUPS)
def group_list(request: Request) -> HttpResponseBase:
    """The groups that are known, what each gives, and which give nothing."""
    name = Link(label=capfirst(word(Permission.NAME_GROUP)), url=reverse("directory:group-name"), icon="plus")
    return list_page(
        request,
        queryset=queries.groups(viewer=request.viewer),
        table=GroupTable,
        filterset=GroupFilter,
        title=_("Groups of the directory"),
        name="directory:groups",
        columns=EXPORTED,
        export_permission=Permission.READ_GROUPS,
        actions=[name] if request.viewer.may(Permission.NAME_GROUP) else [],
        lead=_("A group gives nothing until somebody who may appoint has said what it gives."),
        empty=_("The groups that the directory sends stand here."),
        context={"help_page": "katalog"},
    )


@needs(Permission.NAME_GROUP, methods=BOTH)
def group_name(request: Request) -> HttpResponse:
    """A group that a sign-in provider will name is known beforehand."""
    form = GroupForm(sent(request))
    group = submitted(form, actions.name_group, request)
    if group is not None:
        messages.success(request, _("%(name)s is saved.") % {"name": group.name})
        return redirect("directory:group-list")
    return _form(request, form, Permission.NAME_GROUP)


def _form(request: Request, form: Form, permission: str, *, lead: str = "", danger: bool = False) -> HttpResponse:
    return form_page(
        request,
        form=form,
        title=capfirst(word(permission)),
        lead=lead,
        back=reverse("directory:connection"),
        trail=[_to_connection()],
        explanation=explanation(permission),
        danger=danger,
        help_page="katalog",
    )


def _address() -> str:
    """Where the directory finds us."""
    return f"{settings.BASE_URL}/scim/v2"


def _to_connection() -> Link:
    return Link(label=_("Directory"), url=reverse("directory:connection"))
