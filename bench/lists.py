"""Which pages are measured, and that no list of the product is missing among them."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, resolve

from varn.areas.decisions.models import Body


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page by name and address; the bounds hold for the first page of a list."""

    name: str
    address: str
    is_list: bool = True


LISTS = (
    ("Coverage", "/organisation/coverage/"),
    ("Gaps", "/organisation/gaps/"),
    ("Units", "/organisation/units/"),
    ("Units as a tree", "/organisation/units/tree/"),
    ("People", "/organisation/people/"),
    ("Functions", "/organisation/functions/"),
    ("Offices", "/organisation/offices/"),
    ("Requirements", "/organisation/requirements/"),
    ("Appointments", "/organisation/appointments/"),
    ("Deputies", "/organisation/deputies/"),
    ("What groups give", "/organisation/groups/"),
    ("Decisions", "/decisions/"),
    ("Bodies", "/decisions/bodies/"),
    ("Minutes that were read", "/decisions/readings/"),
    ("Dispatches", "/decisions/dispatches/"),
    ("Closings without an assignment", "/decisions/closings/"),
    ("Assignments", "/decisions/assignments/"),
    ("Assignments, open", "/decisions/assignments/?open=true"),
    ("Search", "/search/?q=trygghet"),
    ("Search, decisions", "/search/?q=trygghet&kind=decisions:decision"),
    ("Notices", "/notices/"),
    ("Mail", "/notices/mail/"),
    ("Jobs", "/jobs/"),
    ("Runs of a job", "/jobs/notices:deliver_mail/"),
    ("Imports", "/imports/"),
    ("Accounts", "/accounts/"),
    ("Groups of the directory", "/directory/groups/"),
    ("My sessions", "/my-account/sessions/"),
    ("My access tokens", "/my-account/tokens/"),
    ("Compartments", "/compartments/"),
    ("Waits for my approval", "/approvals/"),
    ("What I have asked for", "/approvals/own/"),
    ("What I have decided", "/approvals/decided/"),
    ("What nobody does alone", "/approvals/protected/"),
    ("Feedback", "/feedback/"),
    ("Rules", "/lawbook/"),
    ("Glossary", "/glossary/"),
    ("Handbook", "/handbook/"),
)
# Pages that gather or that are asked for something, and have no bound.
OTHERS = (
    ("Roles, with how many have each", "/organisation/roles/"),
    ("Min dag", "/my-day/"),
    ("Lägesbild", "/picture/"),
    ("Units, second page", "/organisation/units/?page=2"),
    ("People, by name", "/organisation/people/?q=Person+7"),
    ("Appointments, ending", "/organisation/appointments/?state=ending"),
    ("Decisions, by title", "/decisions/?q=trygghet"),
    ("A body's open assignments, whole", "/decisions/bodies/{body}/open/"),
    ("Dispatches, waiting", "/decisions/dispatches/?waiting=true"),
)


# What the municipality's directory asks; `bench.filling.directory` measures it.
FOR_MACHINES = "scim/"


def pages() -> list[Page]:
    """Every page that is measured. Stops if a list of the product is not among them."""
    if missing := unmeasured():
        raise SystemExit(f"These lists are not measured; add them to bench/lists.py: {', '.join(missing)}")
    lists = [Page(name=name, address=address) for name, address in LISTS]
    return lists + [Page(name=name, address=_whole(address), is_list=False) for name, address in OTHERS]


def unmeasured() -> list[str]:
    """The lists of the product that are not among the pages measured. Raises `Resolver404` for one that is no more."""
    every = (*LISTS, *OTHERS)
    measured = {resolve(address.partition("?")[0].format(body=1)).func for _name, address in every}
    return [route for route, view in _lists(get_resolver()) if view not in measured]


def _whole(address: str) -> str:
    """The address with the body that gave the most, where it speaks of a body."""
    return address.format(body=Body.objects.order_by("unit__code", "pk").values_list("pk", flat=True)[0])


def _lists(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, object]]:
    """Every view that shows a list: it calls `list_page`, or its name says so."""
    for one in resolver.url_patterns:
        route = f"{before}{one.pattern}"
        if route.startswith(FOR_MACHINES):
            continue
        if isinstance(one, URLResolver):
            yield from _lists(one, route)
        elif isinstance(one, URLPattern) and _is_list(one):
            yield route, one.callback


def _is_list(pattern: URLPattern) -> bool:
    view = inspect.unwrap(pattern.callback)
    calls = view.__code__.co_names if inspect.isfunction(view) else ()
    return "list_page" in calls or (pattern.name or "").endswith("-list")
