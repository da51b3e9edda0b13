"""The role table: what each role may do, who has it today, two roles beside each other, and who may do one thing."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from varn.areas.organisation import queries
from varn.mechanisms.access.assurance import DEMANDS
from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.permissions import Permission as Access
from varn.mechanisms.access.request import Request
from varn.mechanisms.access.roles import ROLES, Role
from varn.mechanisms.access.told import by_thing, every_permission, roles_with, told, told_roles
from varn.mechanisms.links import Link
from varn.mechanisms.ui.words import explanation, word


@needs(Access.READ_ROLES)
def role_list(request: Request) -> HttpResponse:
    """Every role: how far it reaches, who gives it, and how many have it today."""
    counts = queries.count_by_role(request.viewer)
    rows = [(role, counts.get(role.role.key, 0)) for role in told_roles()]
    context = {
        "title": _("Roles"),
        "rows": rows,
        "counts_are_shown": queries.reads_holders(request.viewer),
        "permissions": by_thing(every_permission()),
    }
    return render(request, "organisation/role_list.html", context)


@needs(Access.READ_ROLES)
def role_detail(request: Request, key: str) -> HttpResponse:
    """One role: everything that it may do, in plain words, and who has it."""
    role = _role(key)
    context = {
        "title": capfirst(word(f"access:role.{key}")),
        "role": told(role),
        "demands": {permission: DEMANDS.of(permission).key for permission in role.permissions},
        "holdings": queries.holdings_of([key], viewer=request.viewer),
        "holders_are_shown": queries.reads_holders(request.viewer),
        "others": [other for other in ROLES if other != key],
        "trail": _trail(),
    }
    return render(request, "organisation/role.html", context)


@needs(Access.READ_ROLES)
def role_compare(request: Request) -> HttpResponse:
    """Two roles beside each other: what only the one may do, what only the other, and what both may."""
    keys = list(ROLES)
    one = _role(request.GET.get("one", keys[0]))
    other = _role(request.GET.get("other", keys[1]))
    parts = [
        (_("Only %(role)s") % {"role": word(f"access:role.{one.key}")}, one.permissions - other.permissions),
        (_("Only %(role)s") % {"role": word(f"access:role.{other.key}")}, other.permissions - one.permissions),
        (_("Both"), one.permissions & other.permissions),
    ]
    context = {
        "title": _("Compare two roles"),
        "one": told(one),
        "other": told(other),
        "keys": keys,
        "parts": [(label, by_thing(permissions), len(permissions)) for label, permissions in parts],
        "trail": _trail(),
    }
    return render(request, "organisation/role_compare.html", context)


@needs(Access.READ_ROLES)
def role_permission(request: Request, permission: str) -> HttpResponse:
    """Who may do one thing: the roles that give it, and the people who have one of them today."""
    roles = roles_with(permission)
    if not roles:
        raise Http404(permission)
    context = {
        "title": _("Who may: %(deed)s") % {"deed": word(permission)},
        "lead": explanation(permission),
        "permission": permission,
        "roles": [told(role) for role in roles],
        "demand": DEMANDS.of(permission).key,
        "holdings": queries.holdings_of([role.key for role in roles], viewer=request.viewer),
        "holders_are_shown": queries.reads_holders(request.viewer),
        "trail": _trail(),
    }
    return render(request, "organisation/role_permission.html", context)


def _role(key: str) -> Role:
    if key not in ROLES:
        raise Http404(key)
    return ROLES[key]


def _trail() -> list[Link]:
    return [Link(label=_("Roles"), url=reverse("organisation:role-list"))]
