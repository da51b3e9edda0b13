"""Gathering the forms of all pages, filled in so that they really do what they are for."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import Resolver404, resolve

from varn.overview.leaktest.addresses import NoFixture, Target, patterns, targets
from varn.overview.leaktest.asking import Answer, Asked, Asker, Body
from varn.overview.leaktest.cast import Reader
from varn.overview.leaktest.counting import offered
from varn.overview.leaktest.filling import Form, forms_in
from varn.overview.leaktest.world import World

# Those before whose eyes most forms stand; together they see every form there is.
GARDENERS = (
    "head_of_security", "secretary", "chief_executive", "head_of_department", "administrator", "anonymous",
)  # fmt: skip
FOUND = 302


@dataclass(kw_only=True)
class Harvest:
    """What to send where: for each path the body that did the deed, or else the first that was tried.

    `offers` are the files that pages can be taken out as. `done` are the URLs at which somebody's deed was done, `seen`
    all to which a form is sent.
    """

    by_path: dict[str, Body] = field(default_factory=dict)
    by_url: dict[str, Body] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    offers: dict[str, list[str]] = field(default_factory=dict)

    def body(self, url: str, path: str) -> Body:
        """What is sent to this path: its own form's values, those of another record's form, or nothing."""
        return self.by_path.get(path) or self.by_url.get(url) or {}

    @property
    def undone(self) -> set[str]:
        """The URLs to which a form is sent, and at which nothing happened whoever sent it."""
        return self.seen - self.done


def gather(asker: Asker, world: World, urls: Iterable[str]) -> Harvest:
    """The forms on all pages of everybody's own things, each tried until it does what it is for."""
    harvest, wanted = Harvest(), list(urls)
    for key in GARDENERS:
        reader = world.readers[key]
        for url in wanted:
            for target in _first(url, reader, world):
                answer = asker.ask(Asked(reader=reader, method="GET", path=target.path))
                if files := offered(answer.content):
                    harvest.offers[url] = files
                if answer.status == 200 and answer.content[:200].lstrip().lower().startswith(b"<"):
                    keep(harvest, answer, asker, world)
    return harvest


def _first(url: str, reader: Reader, world: World) -> list[Target]:
    """The reader's own; nothing where no fixture says what stands in the address, which is told when it is asked."""
    try:
        return targets(url, reader, world)[:1]
    except NoFixture:
        return []


def keep(harvest: Harvest, page: Answer, asker: Asker, world: World) -> None:
    """The forms of the page that send something are tried, unless they have been done already."""
    for form in forms_in(page.content, page.asked.path):
        url = url_at(form.path)
        if form.method == "post" and url is not None and not (url in harvest.done and form.path in harvest.by_path):
            harvest.seen.add(url)
            _try(harvest, form, url, page.asked.reader, asker, world)


def url_at(path: str) -> str | None:
    """The name of the URL that this path leads to; `None` where it leads out of the product."""
    try:
        found = resolve(path)
    except Resolver404:
        return None
    name = f"{found.namespace}:{found.url_name}" if found.namespace else str(found.url_name)
    return name if name in patterns() else None


def _try(harvest: Harvest, form: Form, url: str, reader: Reader, asker: Asker, world: World) -> None:
    known = world.answers(url)
    for body in form.bodies(world.day, known):
        harvest.by_path.setdefault(form.path, body)
        harvest.by_url.setdefault(url, body)
        if _does(asker.ask(Asked(reader=reader, method="POST", path=form.path, body=body))):
            harvest.by_path[form.path] = harvest.by_url[url] = body
            harvest.done.add(url)
            return


def _does(answer: Answer) -> bool:
    """Whether it was done: something stands otherwise, or the browser holds something new."""
    return bool(answer.changes or (answer.cookies and answer.status == FOUND))
