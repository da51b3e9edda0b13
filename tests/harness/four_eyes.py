"""T-4E-1: every way in which one person alone may try to have done what the list protects. Each must come to nothing.

`CASES` says for each protected action who asks for it and with which arguments; a test fails for an action without one.
`TRICKS` are the ways; each is tried on each action, and `done` counts how often the deed stands in the trail.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from tests.people import AT, START, Member, Municipality, join
from varn.areas.decisions.actions import register_decision
from varn.areas.decisions.models import Decision
from varn.areas.decisions.tests.bodies import build_bodies, in_other
from varn.areas.organisation.models import Appointment, Person
from varn.kernel.levels import Level
from varn.mechanisms.access.models import Account, Compartment, Membership
from varn.mechanisms.access.querysets import may
from varn.mechanisms.access.viewer import Viewer, system_viewer, viewer_of
from varn.mechanisms.approvals import actions
from varn.mechanisms.approvals.declared import PROTECTED, Carried
from varn.mechanisms.approvals.models import Approval, InForce
from varn.mechanisms.approvals.permissions import Permission
from varn.mechanisms.approvals.tests.conftest import Cast, assemble
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.audit.queries import latest_entry
from varn.mechanisms.audit.trail import Refused
from varn.mechanisms.directory.models import DirectoryGroup
from varn.mechanisms.directory.secrets import new_secret
from varn.mechanisms.imports.actions import check_file
from varn.mechanisms.imports.planning import judge, try_out
from varn.mechanisms.protecting import AwaitsApproval
from varn.mechanisms.secrecy.actions import Grounds, create_compartment, place_in_compartment, set_level

SOON = AT + timedelta(hours=1)
LATE = AT + timedelta(days=4)
COMES_TO_NOTHING = (Refused, PermissionDenied, AwaitsApproval, DatabaseError, LookupError, TypeError, ValueError)
REASON = "Det behövs"
GROUNDS = Grounds(
    trusted_date=AT.date(), trusted_by="Anna", knowledgeable_date=AT.date(), knowledgeable_by="Anna",
    needed_date=AT.date(), needed_by="Anna",
)  # fmt: skip
VERBS = ("ask", "approve", "deny", "withdraw")


@dataclass(frozen=True, kw_only=True)
class Case:
    """Who asks for the action, and the arguments they ask with."""

    by: Member
    arguments: dict[str, Any]


@dataclass(kw_only=True)
class Attempt:
    """One request of one protected action, ready to be abused. `after` is the last entry of the trail before it."""

    key: str
    case: Case
    cast: Cast
    approval: Approval
    after: int

    @property
    def me(self) -> Viewer:
        """The one who asks."""
        return self.case.by.viewer_at(SOON)

    def approve(self, by: Viewer, at: datetime = SOON) -> None:
        """Somebody tries to approve it."""
        quietly(actions.approve_approval, approval=self._anew(), reason=REASON, by=by, at=at)

    def call(self, by: Viewer, at: datetime = SOON) -> None:
        """Somebody tries to do the deed itself."""
        quietly(import_string(PROTECTED[self.key].deed), **self.case.arguments, by=by, at=at)

    def done(self) -> int:
        """How often the deed stands in the trail since the request was begun, where it changed anything it changes."""
        effect = self.approval.payload["effects"][0]
        entries = Entry.objects.filter(pk__gt=self.after, verb=effect["verb"])
        return sum(bool(entry.changes) == bool(effect["changes"]) for entry in entries)

    def _anew(self) -> Approval:
        return Approval.objects.get(pk=self.approval.pk)


def quietly(deed: Callable[..., object], **arguments: Any) -> None:
    """The deed is tried, and undone where it comes to nothing."""
    try:
        with transaction.atomic():
            deed(**arguments)
    except COMES_TO_NOTHING:
        pass


# Who asks for what.


def _make_administrator(cast: Cast) -> Case:
    arguments = {"email": "ny@ekby.example", "name": "Nils Nord", "language": "sv", "is_administrator": True}
    return Case(by=cast.frida, arguments=arguments)


def _of_bo(cast: Cast) -> Case:
    return Case(by=cast.frida, arguments={"account": cast.bo.account})


def _open(cast: Cast) -> Case:
    Account.objects.filter(pk=cast.bo.account.pk).update(is_active=False)
    cast.bo.account.refresh_from_db()
    return _of_bo(cast)


def _hand_out(cast: Cast) -> Case:
    """The account of another administrator, who is tied to nobody."""
    return Case(by=cast.frida, arguments={"account": join("Nina Nord", cast.municipality).account})


def _directory_token(cast: Cast) -> Case:
    return Case(by=cast.frida, arguments={"name": "Katalogen", "secret": new_secret(), "days": 30})


def _give_rights(cast: Cast) -> Case:
    """Frida has made a person up, and brings in that they are head of security."""
    head = "Anställningsnummer;Funktion;Enheter (koder);Från och med;Förordnad av"
    content = f"{head}\nsven;Säkerhetschef;1;2022-01-01;Jag\n"
    Person.objects.create(employee_id="sven", name="Sven Svensson", sort_name="svensson", from_date=START)
    by = cast.frida.viewer
    run = check_file(
        tried=try_out(kind="appointments", name="x.csv", content=content.encode(), viewer=by, at=AT), by=by, at=AT
    )
    return Case(by=cast.frida, arguments={"run": run, "judged": judge(run, viewer=by, at=AT)})


def _give_much(cast: Cast) -> Case:
    group = DirectoryGroup.objects.create(source="scim", name="SEC", received_at=AT, changed_at=AT)
    function, unit = cast.municipality.functions["security_coordinator"], cast.municipality.units["21"]
    said = {"decided_by": "Säkerhetschefen", "ground": "Delegationsordningen 4.2"}
    return Case(by=cast.anna, arguments={"group": group, "function": function, "unit": unit, **said})


def _change_role(cast: Cast) -> Case:
    function = cast.municipality.functions["security_representative"]
    names = {"name_sv": function.name_sv, "name_en": function.name_en, "tier": function.tier}
    arguments = {"function": function, **names, "role": "security_coordinator", "position": function.position}
    return Case(by=cast.anna, arguments=arguments)


def _link_approver(cast: Cast) -> Case:
    """Frida has made an account, and wants it to be Greta's, who is head of security without one."""
    greta = join("Greta Gran", cast.municipality, "head_of_security", "1").person
    Person.objects.filter(pk=greta.pk).update(account=None)
    account = Account.objects.create(email="dold@ekby.example", name="Greta Gran", created_at=AT)
    return Case(by=cast.frida, arguments={"person": Person.objects.get(pk=greta.pk), "account": account})


def _loosen(cast: Cast) -> Case:
    return Case(by=cast.frida, arguments={"municipality": "Ekby", "reminders": {"L06": 30}})


def _take_out_sensitive(cast: Cast) -> Case:
    arguments = {"name": "decisions:decisions", "filters": {}, "rows": 40, "file_format": "csv", "sensitive": 21}
    return Case(by=cast.bo, arguments=arguments)


def _lower_level(cast: Cast) -> Case:
    decision = _decision(cast)
    set_level(thing=decision, level=Level.SENSITIVE, ground="OSL 18:8", reason=REASON, by=cast.anna.viewer, at=AT)
    return Case(by=cast.anna, arguments={"thing": decision, "level": Level.INTERNAL, "reason": REASON})


def _take_out(cast: Cast) -> Case:
    decision, room = _decision(cast), _room(cast)
    _join(room, cast.stina)
    place_in_compartment(thing=decision, compartment=room, reason=REASON, by=cast.anna.viewer, at=AT)
    return Case(by=cast.anna, arguments={"thing": decision, "reason": REASON})


def _let_in(cast: Cast) -> Case:
    arguments = {"compartment": _room(cast), "account": cast.bo.account, "role": "read", "grounds": GROUNDS}
    return Case(by=cast.anna, arguments=arguments)


CASES: dict[str, Callable[[Cast], Case]] = {
    "access:account:make_administrator": _make_administrator,
    "access:account:reset_password": _of_bo,
    "access:account:reset_factors": _of_bo,
    "access:account:open": _open,
    "door:break_glass:hand_out": _hand_out,
    "directory:token:let_in": _directory_token,
    "imports:run:give_rights": _give_rights,
    "organisation:group_mapping:give_much": _give_much,
    "organisation:function:change_role": _change_role,
    "organisation:person:link_approver": _link_approver,
    "installation:setting:loosen": _loosen,
    "exports:export:take_out_sensitive": _take_out_sensitive,
    "access:marking:lower_level": _lower_level,
    "access:marking:take_out": _take_out,
    "access:membership:let_in": _let_in,
}


def _decision(cast: Cast) -> Decision:
    """A decision of the council, where those who are appointed for the whole municipality open what is sensitive."""
    build_bodies(cast.municipality)
    eva = join("Eva Edvall", cast.municipality, "committee_secretary", "1")
    return register_decision(paragraph=in_other("Kommunfullmäktige", date=AT.date()), by=eva.viewer, at=AT)


def _room(cast: Cast) -> Compartment:
    return create_compartment(
        name="Granen", kind="other", purpose="Prov", responsible=cast.anna.account, grounds=GROUNDS,
        by=cast.anna.viewer, at=AT,
    )  # fmt: skip


def _join(room: Compartment, member: Member) -> None:
    """The member has been let into the compartment, by two, some time ago."""
    Membership.objects.create(
        compartment=room, account=member.account, role="handle", from_at=AT, granted_by_id=member.account.pk,
        **vars(GROUNDS),
    )  # fmt: skip


def begin(key: str, municipality: Municipality) -> Attempt:
    """The request has been asked for, and waits."""
    InForce.objects.create(pk=1, since=AT)
    cast = assemble(municipality)
    case = CASES[key](cast)
    after = latest_entry()
    approval = _requested(key, case)
    return Attempt(key=key, case=case, cast=cast, after=after, approval=approval)


def _requested(key: str, case: Case) -> Approval:
    by = case.by.viewer_at(AT)
    try:
        import_string(PROTECTED[key].deed)(**case.arguments, by=by, at=AT)
    except AwaitsApproval as awaiting:
        return actions.ask_approval(approval=awaiting.approval, reason=REASON, by=by, at=AT)
    raise AssertionError(f"{key} was done by one person alone")


# The ways.


def by_oneself(attempt: Attempt) -> None:
    """The one who asks does it, does it again, and approves it."""
    for _ in range(2):
        attempt.call(attempt.me)
        attempt.approve(attempt.me)


def in_two_sessions(attempt: Attempt) -> None:
    """The one who asks approves it as the viewer that another session, and the one after, makes of the same account."""
    for at in (SOON, SOON + timedelta(hours=9)):
        attempt.approve(viewer_of(Account.objects.get(pk=attempt.case.by.account.pk), at=at), at=at)


def by_ones_other_account(attempt: Attempt) -> None:
    """The one who asks has got another account, with every right, and approves it with that."""
    attempt.approve(viewer_of(_other_account(attempt.case.by), at=SOON))


def by_somebody_without_the_right(attempt: Attempt) -> None:
    """A colleague who may not approve it."""
    attempt.approve(attempt.cast.bo.viewer_at(SOON))


def by_a_job(attempt: Attempt) -> None:
    """A job that sees everything."""
    attempt.approve(system_viewer(at=SOON, job="approvals:expire"))


def by_a_nobody(attempt: Attempt) -> None:
    """An administrator who is nobody in the register: perhaps the one who asks."""
    attempt.approve(join("Puck Persson", attempt.cast.municipality).viewer_at(SOON))


def in_the_line(attempt: Attempt) -> None:
    """Where that is not allowed, whoever stands over the one who asks, or under them, approves it."""
    if PROTECTED[attempt.key].outside_line:
        for member in (attempt.cast.david, attempt.cast.bo):
            attempt.approve(member.viewer_at(SOON))


def with_changed_arguments(attempt: Attempt) -> None:
    """What stands in the request was changed after it was asked for."""
    payload = attempt.approval.payload | {"arguments": _twisted(attempt.approval.payload["arguments"])}
    Approval.objects.filter(pk=attempt.approval.pk).update(payload=payload)
    _approved_by_all(attempt)


def with_a_changed_thing(attempt: Attempt) -> None:
    """What it is about was changed after it was asked for."""
    changed = [_changed(value) for value in attempt.case.arguments.values() if isinstance(value, models.Model)]
    if any(changed):
        _approved_by_all(attempt)


def when_it_is_over(attempt: Attempt) -> None:
    """It is approved after its time."""
    for member in _deciding(attempt):
        attempt.approve(member.viewer_at(LATE), at=LATE)
    if PROTECTED[attempt.key].carried is Carried.BY_REQUESTER:
        for member in _deciding(attempt):
            attempt.approve(member.viewer_at(SOON))
    attempt.call(attempt.case.by.viewer_at(LATE), at=LATE)


def when_the_right_to_ask_has_ended(attempt: Attempt) -> None:
    """The one who asked has no right to it any longer."""
    _without_rights(attempt.case.by)
    _approved_by_all(attempt)


def when_the_right_to_approve_has_ended(attempt: Attempt) -> None:
    """The one who approves has no right to it any longer, and their account is closed."""
    for member in _deciding(attempt):
        if member is not attempt.case.by:
            _without_rights(member)
    _approved_by_all(attempt)


def when_it_was_denied(attempt: Attempt) -> None:
    """One says no, and the other approves it all the same."""
    deciders = (member.viewer_at(SOON) for member in _deciding(attempt))
    decider = next(viewer for viewer in deciders if may(viewer, Permission.DENY, attempt.approval))
    actions.deny_approval(approval=attempt.approval, reason=REASON, by=decider, at=SOON)
    _approved_by_all(attempt)


def when_it_was_withdrawn(attempt: Attempt) -> None:
    """The one who asked has taken it back."""
    actions.withdraw_approval(approval=attempt.approval, by=attempt.me, at=SOON)
    _approved_by_all(attempt)


def over_http(attempt: Attempt) -> None:
    """By every verb and method at the addresses, as oneself, as somebody without the right and as nobody."""
    for account in (attempt.case.by.account, attempt.cast.bo.account, None):
        client = Client()
        if account is not None:
            client.force_login(account)
        for verb in VERBS[1:3]:
            address = reverse(f"approvals:approval-{verb}", args=[attempt.approval.reference])
            for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "POST"):
                client.generic(method, address, f"reason={REASON}", content_type="application/x-www-form-urlencoded")
                client.generic(method, f"{address}?_method=POST", HTTP_X_HTTP_METHOD_OVERRIDE="POST")
            client.post(address, {"reason": REASON, "requested_by": "", "decided_by": attempt.cast.anna.account.pk})
            client.post(address, {"reason": REASON, "by": attempt.cast.anna.account.pk, "state": "approved"})


TRICKS = (
    by_oneself,
    in_two_sessions,
    by_ones_other_account,
    by_somebody_without_the_right,
    by_a_job,
    by_a_nobody,
    in_the_line,
    with_changed_arguments,
    with_a_changed_thing,
    when_it_is_over,
    when_the_right_to_ask_has_ended,
    when_the_right_to_approve_has_ended,
    when_it_was_denied,
    when_it_was_withdrawn,
    over_http,
)


def decided_fairly(attempt: Attempt) -> None:
    """What is meant to happen: another person approves, and the deed is done, by whoever carries it out."""
    _approved_by_all(attempt)


def _approved_by_all(attempt: Attempt) -> None:
    for member in (*_deciding(attempt), attempt.cast.bo, attempt.case.by):
        attempt.approve(member.viewer_at(SOON))
    attempt.call(attempt.me)


def _deciding(attempt: Attempt) -> tuple[Member, ...]:
    return attempt.cast.anna, attempt.cast.david, attempt.cast.stina


def _other_account(member: Member) -> Account:
    account = Account.objects.create(
        email="andra@ekby.example", name=member.account.name, is_administrator=True, created_at=AT, last_login=AT
    )
    Person.objects.filter(pk=member.person.pk).update(account=account)
    return account


def _without_rights(member: Member) -> None:
    Account.objects.filter(pk=member.account.pk).update(is_administrator=False)
    member.account.refresh_from_db()
    Appointment.objects.filter(person=member.person).update(until_date=AT.date())


def _twisted(arguments: dict[str, Any]) -> dict[str, Any]:
    """The same arguments with the first of them another: another text, or another thing."""
    name, value = next(iter(arguments.items()))
    if isinstance(value, dict) and "pk" in value:
        return arguments | {name: value | {"pk": value["pk"] - 1}}
    return arguments | {name: f"x{value}" if isinstance(value, str) else [value]}


def _changed(thing: models.Model) -> bool:
    """The thing has another text in the first of its fields that has one and may be changed."""
    texts = [
        field.name for field in thing._meta.concrete_fields if isinstance(field, models.CharField | models.TextField)
    ]
    return any(_rewritten(thing, name) for name in texts if name not in ("reference", "password", "state"))


def _rewritten(thing: models.Model, name: str) -> bool:
    try:
        with transaction.atomic():
            return type(thing)._base_manager.filter(pk=thing.pk).update(**{name: f"x{getattr(thing, name)}"}) == 1
    except DatabaseError:
        return False
