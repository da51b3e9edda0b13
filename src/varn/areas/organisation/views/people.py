"""Pages of people."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from varn.areas.organisation import actions, exports, forms, queries
from varn.areas.organisation.models import Person
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.views.tables import PersonFilter, PersonTable
from varn.kernel.calendar import last_day
from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.request import Request
from varn.mechanisms.links import Link, contact_url, url_of, verb_url
from varn.mechanisms.secrecy.showing import access_link, marks_of
from varn.mechanisms.ui.details import Fact, detail_context
from varn.mechanisms.ui.forms import form_page, stored, submitted
from varn.mechanisms.ui.lists import list_page
from varn.mechanisms.ui.trails import trail_to
from varn.mechanisms.ui.words import address, explanation, word

BOTH = ("GET", "HEAD", "POST")
VERBS = (
    (Permission.CHANGE_PERSON, "change", "pencil"),
    (Permission.LEAVE, "leave", "logout"),
    (Permission.LINK_ACCOUNT, "link_account", "key"),
    (Permission.EXTRACT, "extract", "file-text"),
)


@needs(Permission.READ_PEOPLE)
def person_list(request: Request) -> HttpResponse:
    """The people the reader may see."""
    add = Link(label=_("Add a person"), url=reverse("organisation:person-create"), icon="user-plus")
    return list_page(
        request,
        queryset=queries.people(viewer=request.viewer),
        table=PersonTable,
        filterset=PersonFilter,
        columns=exports.PEOPLE,
        title=_("People"),
        name="organisation:people",
        export_permission=Permission.EXPORT_PEOPLE,
        actions=[add] if request.viewer.may(Permission.CREATE_PERSON) else [],
        empty=_("Those who can be appointed in the security organisation are shown here."),
        context={"help_page": "organisation"},
    )


@needs(Permission.READ_PEOPLE)
def person_detail(request: Request, pk: int) -> HttpResponse:
    """One person with their appointments."""
    person = _found(request, pk)
    context = detail_context(
        person,
        request=request,
        facts=_facts(person),
        trail=trail_to(Person),
        actions=_verbs(person, request),
        help_page="organisation",
    )
    context["appointments"] = queries.appointments_of(person, viewer=request.viewer)
    context |= _away(person, request)
    context |= {"marks": marks_of(person, request), "more": access_link(person, request)}
    return render(request, "organisation/person.html", context)


@needs(Permission.CREATE_PERSON, methods=BOTH)
def person_create(request: Request) -> HttpResponse:
    """A new person."""
    form = forms.PersonForm(request.POST or None, viewer=request.viewer, initial={"from_date": request.viewer.day})
    person = submitted(form, actions.create_person, request)
    if person is not None:
        messages.success(request, _("%(name)s is added.") % {"name": person})
        return redirect(url_of(person))
    return form_page(
        request, form=form, title=_("Add a person"), back=reverse("organisation:person-list"), trail=trail_to(Person)
    )


@needs(Permission.CHANGE_PERSON, methods=BOTH)
def person_change(request: Request, pk: int) -> HttpResponse:
    """What may change about a person."""
    person = _found(request, pk, Permission.CHANGE_PERSON)
    initial = stored(forms.PersonChangeForm, person)
    form = forms.PersonChangeForm(request.POST or None, viewer=request.viewer, initial=initial)
    return _done_or_form(request, person, form, actions.change_person, Permission.CHANGE_PERSON)


@needs(Permission.LEAVE, methods=BOTH)
def person_leave(request: Request, pk: int) -> HttpResponse:
    """The last day of a person, with the appointments that would be left."""
    person = _found(request, pk, Permission.LEAVE)
    form = forms.LeaveForm(request.POST or None, viewer=request.viewer, initial=stored(forms.LeaveForm, person))
    left = queries.left_behind(person, request.viewer.day, viewer=request.viewer)
    context = {"template": "organisation/person_leave.html", "context": {"left": left}, "danger": True}
    return _done_or_form(request, person, form, actions.leave_person, Permission.LEAVE, **context)


@needs(Permission.LINK_ACCOUNT, methods=BOTH)
def person_link_account(request: Request, pk: int) -> HttpResponse:
    """The account that the person signs in with."""
    person = _found(request, pk, Permission.LINK_ACCOUNT)
    initial = stored(forms.AccountForm, person, account=person.account.email if person.account else "")
    form = forms.AccountForm(request.POST or None, viewer=request.viewer, initial=initial)
    return _done_or_form(request, person, form, actions.link_account, Permission.LINK_ACCOUNT)


def _found(request: Request, pk: int, to: str | None = None) -> Person:
    """The person, if the reader may see them and, with `to`, do that with them."""
    return get_object_or_404(queries.people(viewer=request.viewer, to=to), pk=pk)


def _done_or_form(
    request: Request, person: Person, form: object, action: object, permission: str, **page: object
) -> HttpResponse:
    if submitted(form, action, request, person=person) is not None:
        messages.success(request, _("%(name)s is changed.") % {"name": person})
        return redirect(url_of(person))
    return form_page(
        request,
        form=form,
        title=capfirst(word(permission)),
        lead=person.name,
        back=url_of(person),
        trail=trail_to(Person, person),
        explanation=explanation(permission),
        **page,
    )


def _facts(person: Person) -> list[Fact]:
    return [
        Fact(label=_("Employee id"), value=person.employee_id),
        Fact(label=_("Title"), value=person.title),
        Fact(label=_("Unit"), value=person.unit, url=url_of(person.unit) if person.unit else ""),
        Fact(label=_("E-mail"), value=address(person.email), url=contact_url(person.email)),
        Fact(label=_("Telephone"), value=person.phone, url=contact_url(person.phone)),
        Fact(label=_("From"), value=person.from_date),
        Fact(label=_("Through"), value=last_day(person.until_date)),
        Fact(label=_("Can sign in"), value=person.account is not None),
    ]


def _away(person: Person, request: Request) -> dict[str, object]:
    """When the person is away. Themselves and those who manage them are told the kind, and can change it."""
    writes = queries.is_for_the_reader_to_register(person, viewer=request.viewer)
    return {
        "absences": queries.absences_of(person, viewer=request.viewer).on_or_after(request.viewer.day),
        "register_url": reverse("organisation:absence-register", args=[person.pk]) if writes else "",
    }


def _verbs(person: Person, request: Request) -> list[Link]:
    return [
        Link(label=capfirst(word(permission)), url=verb_url(person, verb), icon=icon)
        for permission, verb, icon in VERBS
        if may(request.viewer, permission, person)
    ]
