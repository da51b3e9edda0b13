"""A register extract: what is kept about one person, put together for that person (GDPR, article 15)."""

from datetime import datetime

from django.db.models import Model

from varn.areas.organisation.models import Person
from varn.areas.organisation.permissions import Permission
from varn.areas.organisation.queries import scopes_of
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer, viewer_of
from varn.mechanisms.audit.trail import action, record
from varn.mechanisms.extracts.gathering import About, Extract, gather
from varn.mechanisms.moves.making import Refused


@action
def make_extract(*, person: Person, reason: str, by: Viewer, at: datetime) -> Extract:
    """All that is kept about the person is put together, and that it was, by whom and for which request, is trailed.

    Raises `Refused` without the request that it answers.
    """
    require(Permission.EXTRACT, by=by, on=person)
    return _made(person, _about_person(person, at=at), reason, by=by, at=at)


@action
def make_extract_of_account(*, account: Account, reason: str, by: Viewer, at: datetime) -> Extract:
    """As `make_extract`, of an account that no person has: whoever runs the installation."""
    require(Permission.EXTRACT, by=by)
    about = About(viewer=viewer_of(account, at=at), name=account.name, emails=frozenset({account.email}))
    return _made(account, about, reason, by=by, at=at)


def _about_person(person: Person, *, at: datetime) -> About:
    account = person.account
    emails = {person.email, account.email if account else ""} - {""}
    viewer = Viewer(name=person.name, at=at, person_id=person.pk)
    if account is not None:
        _, scopes = scopes_of(account_id=account.pk, at=at)
        viewer = Viewer(name=person.name, at=at, person_id=person.pk, account_id=account.pk, scopes=tuple(scopes))
    return About(viewer=viewer, name=person.name, employee_id=person.employee_id, emails=frozenset(emails))


def _made(thing: Model, about: About, reason: str, *, by: Viewer, at: datetime) -> Extract:
    if not reason.strip():
        raise Refused(Refusal("moves:refusal.reason_missing"))
    extract = gather(about, at=at)
    record(Permission.EXTRACT, thing, by=by, at=at, reason=reason, changes={"rows": (None, extract.count)})
    return extract
