"""The readers whose access is tested, and how an address of each kind of page is made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tests.access.records import DAY, Department, Records, fill, office_of
from tests.passkeys import give_passkey, passkeys_of
from tests.people import AT, Member, Municipality, build_municipality, join
from varn.areas.decisions.models import Meeting
from varn.areas.decisions.tests.bodies import Bodies, build_bodies
from varn.areas.organisation.actions import change_function, create_group_mapping, set_requirement
from varn.areas.organisation.models import Function, GroupMapping, Office, Requirement
from varn.kernel.lawbook import LAW
from varn.mechanisms.access.assurance import Assurance
from varn.mechanisms.access.models import Account, Compartment, CompartmentKind, Membership, Share, Subject
from varn.mechanisms.access.viewer import Viewer, system_viewer
from varn.mechanisms.approvals.actions import AwaitsApproval, ask_approval
from varn.mechanisms.approvals.models import Approval, InForce
from varn.mechanisms.directory.actions import create_token
from varn.mechanisms.directory.models import DirectoryGroup
from varn.mechanisms.directory.models import Token as DirectoryToken
from varn.mechanisms.directory.secrets import new_secret
from varn.mechanisms.door.actions import send_feedback
from varn.mechanisms.door.actions.tokens import make_token
from varn.mechanisms.door.models import Feedback, Session, Token
from varn.mechanisms.notices.models import Mail, Notice
from varn.mechanisms.notices.notifying import notify
from varn.mechanisms.references.numbers import next_reference
from varn.mechanisms.ui.actions import save_view
from varn.mechanisms.ui.models import SavedView

# In the order of the matrix. Bo coordinates Socialförvaltningen, Gun heads it, Cid coordinates another department.
READERS = {
    "employee": ("Elin Ek", "", ""),
    "administrator": ("Frida Forsman", "", ""),
    "coordinator": ("Bo Berglund", "security_coordinator", "21"),
    "stranger": ("Cid Cederblad", "security_coordinator", "31"),
    "head_of_department": ("Gun Granath", "head_of_department", "21"),
    "chief_executive": ("David Dahlin", "chief_executive", "1"),
    "head_of_security": ("Anna Ahlberg", "head_of_security", "1"),
    "secretary": ("Eva Edvall", "committee_secretary", "1"),
    "auditor": ("Ada Almqvist", "auditor", "1"),
}
ROLES = ("anonymous", *READERS)
GROUNDS = ("trusted", "knowledgeable", "needed")
# By the name of a thing: what stands in the addresses of its pages.
Keys = dict[str, dict[str, object]]


@dataclass(frozen=True, kw_only=True)
class World:
    """The small municipality with its readers, before any record is made in its departments."""

    at: datetime
    municipality: Municipality
    bodies: Bodies
    readers: dict[str, Member]
    offices: dict[str, Office]
    requirement: Requirement

    def records(self, code: str, words: str) -> Records:
        """One of each record in the department of this code, all with these words."""
        units = self.municipality.units
        committee = {"21": self.bodies.social, "31": self.bodies.education}[code]
        department = Department(committee=committee, unit=units[code], below=units[f"{code}1"], words=words)
        secretary = self.readers["secretary"].viewer_at(self.at)
        return fill(department, self.municipality, self.offices[code], secretary=secretary)


def build() -> World:
    """The municipality, its bodies and meetings, its readers, and what is public of it."""
    municipality, at = build_municipality(), timezone.now()
    bodies = build_bodies(municipality)
    _auditors(municipality)
    readers = {role: _reader(municipality, role, *who) for role, who in READERS.items()}
    units = municipality.units
    for body in (bodies.social, bodies.education):
        Meeting.objects.create(body=body, date=DAY)
    _request(municipality.functions["security_representative"], readers["head_of_security"].viewer_at(at))
    return World(
        at=at,
        municipality=municipality,
        bodies=bodies,
        readers=readers,
        offices={
            "21": office_of(municipality, units["21"], "Socialdirektören"),
            "31": office_of(municipality, units["31"], "Bildningsdirektören"),
        },
        requirement=set_requirement(
            function=municipality.functions["security_coordinator"],
            unit_kind="department",
            from_date=DAY,
            by=system_viewer(at=at, job="world"),
            at=at,
        ),
    )


def patterns(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every URL of the product with its full name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        else:
            yield f"{namespace}{entry.name}", entry


def keys_of(world: World, records: Records, owner: Member) -> Keys:
    """What stands in the addresses of each thing's pages: one thing of each, the owner's where it is personal."""
    department = records.department
    reference = {"reference": records.appointment.reference}
    return {
        "organisation:unit": {"pk": department.unit.pk},
        "organisation:person": {"pk": records.person.pk},
        "organisation:function": {"pk": world.municipality.functions["security_coordinator"].pk},
        "organisation:requirement": {"pk": world.requirement.pk},
        "organisation:office": {"pk": world.offices[department.unit.code].pk},
        "organisation:appointment": reference,
        "organisation:handover": reference,
        "organisation:group_mapping": {"reference": _group_mapping(world, department).reference},
        "organisation:stand_in": {
            "reference": records.stand_in.reference,
            "appointment": records.appointment.reference,
        },
        "organisation:role": {"key": "security_coordinator"},
        "organisation:role_permission": {"permission": "organisation:appointment:accept"},
        "organisation:absence": {"pk": records.absence.pk, "person": records.person.pk},
        "decisions:body": {"pk": department.committee.pk},
        "decisions:meeting": {"pk": department.committee.pk},
        "decisions:reading": {"reference": records.reading.reference, "index": 0},
        "decisions:decision": {"reference": records.decision.reference},
        "decisions:assignment": {"reference": records.assignment.reference},
        "decisions:dispatch": {"pk": records.dispatch.pk, "secret": "nothing"},
        "decisions:closing": {"pk": records.closing_decision.closings.waiting().get().pk},
        "overview:handover": reference,
        "overview:picture": {"panel": "coverage"},
    } | _keys_of_mechanisms(world, records, owner)


def address(name: str, pattern: URLPattern, keys: Keys) -> str:
    """The address of this kind of page about that thing."""
    wanted = pattern.pattern.converters
    if not wanted:
        return reverse(name)
    known = keys[name.rpartition("-")[0] or name]
    return reverse(name, kwargs={key: known[key] for key in wanted})


def _keys_of_mechanisms(world: World, records: Records, owner: Member) -> Keys:
    _belongings(world, records, owner)
    account = owner.account
    return {
        "access:account": {"pk": account.pk},
        **_secrecy(world, records, owner),
        "access:demo": {"pk": account.pk},
        "directory:token": {"pk": _directory_token(world).pk},
        "directory:sso": {"key": "nobody"},
        "directory:scim": {"key": "nothing", "rest": "nothing"},
        "access:passkey": {"pk": passkeys_of(account)[0].pk},
        "access:factor": {"pk": passkeys_of(account)[0].pk},
        "access:choose": {"uid": urlsafe_base64_encode(force_bytes(account.pk)), "token": "nothing"},
        "door:session": {"pk": Session.objects.filter(account=account).latest("pk").pk},
        "door:token": {"pk": Token.objects.filter(account=account).latest("pk").pk},
        "door:break_glass": {"pk": account.pk},
        "door:account": {"pk": account.pk},
        "door:feedback": {"reference": Feedback.objects.latest("pk").reference},
        "jobs:job": {"name": "notices:tidy"},
        "jobs:run": {"name": "notices:tidy"},
        "imports:run": {"reference": records.run.reference, "kind": "people"},
        "imports:example": {"kind": "people", "file_format": "csv"},
        "attachments:attachment": {"pk": records.attachment.pk},
        "notices:notice": {"pk": Notice.objects.filter(account=account).latest("pk").pk},
        "approvals:approval": {"reference": Approval.objects.latest("pk").reference},
        "notices:mail": {"pk": Mail.objects.latest("pk").pk},
        "ui:saved_view": {"pk": SavedView.objects.filter(account=account).latest("pk").pk},
        "ui:accent": {"look": "nothing"},
        "ui:record": {"area": "organisation", "kind": "appointment", "pk": records.appointment.pk},
        "ui:rule": {"rule_id": next(iter(LAW))},
        "ui:handbook": {"slug": "kom-igang"},
    }


def _directory_token(world: World) -> DirectoryToken:
    """What the municipality's directory shows."""
    held = DirectoryToken.objects.first()
    by = system_viewer(at=world.at, job="world")
    return held or create_token(name="Katalogen", secret=new_secret(), by=by, at=world.at)


def _group_mapping(world: World, department: Department) -> GroupMapping:
    """What a group of the directory gives in the department."""
    words = department.words
    group = DirectoryGroup.objects.create(source="scim", name=words, received_at=world.at, changed_at=world.at)
    return create_group_mapping(
        group=group,
        function=world.municipality.functions["security_representative"],
        unit=department.unit,
        decided_by=words,
        ground=words,
        case_number=words[:80],
        by=system_viewer(at=world.at, job="world"),
        at=world.at,
    )


def _secrecy(world: World, records: Records, owner: Member) -> Keys:
    """A compartment that the owner answers for, a share of the decision, and a subject that it concerned once."""
    decision = records.decision
    beside = {
        "content_type": ContentType.objects.get_for_model(decision),
        "object_id": decision.pk,
        "from_at": world.at - timedelta(days=2),
    }
    room = Compartment.objects.create(
        reference=next_reference("RUM", at=world.at),
        name=decision.title[:60],
        kind=CompartmentKind.OTHER,
        purpose=decision.title,
        responsible=owner.account,
        created_at=world.at,
    )
    found = {f"{ground}_{what}": DAY if what == "date" else "A" for ground in GROUNDS for what in ("date", "by")}
    member = Membership.objects.create(
        compartment=room, account=owner.account, role="responsible", from_at=beside["from_at"], **found
    )
    subject = Subject.objects.create(
        person_id=records.person.pk, capacity="examined", ground="x", until_at=world.at - timedelta(days=1), **beside
    )
    share = Share.objects.create(
        unit_id=world.municipality.units["40"].pk, ground="x", until_at=world.at + timedelta(days=9), **beside
    )
    return {
        "access:compartment": {"reference": room.reference},
        "access:membership": {"pk": member.pk},
        "secrecy:record": {"area": "decisions", "kind": "decision", "pk": decision.pk},
        "secrecy:subject": {"pk": subject.pk},
        "secrecy:share": {"pk": share.pk},
    }


def _belongings(world: World, records: Records, owner: Member) -> None:
    by = owner.viewer_at(world.at)
    link = f"/decisions/{records.decision.reference}/"
    notify(
        [owner.account.pk],
        kind="decisions:notice.dispatched",
        about=records.dispatch,
        url=link,
        at=world.at,
        values={"reference": records.decision.reference},
    )
    _sessions_elsewhere(owner, world.at)
    make_token(account=owner.account, name="x", days=9, assurance=Assurance.TWO_FACTOR, by=by, at=world.at)
    page = {"page": "organisation:units", "path": "/organisation/units/", "query": "q=x"}
    give_passkey(owner.account, records.decision.title[:60])
    save_view(label=records.decision.title, by=by, at=world.at, **page)
    send_feedback(text=records.decision.title, page="/", email="", by=system_viewer(at=world.at, job="x"), at=world.at)


def _auditors(municipality: Municipality) -> None:
    values = {"name_sv": "Revisor", "name_en": "Auditor", "tier": "", "role": "auditor", "position": 90}
    municipality.functions["auditor"] = Function.objects.update_or_create(key="auditor", defaults=values)[0]


def _request(function: Function, by: Viewer) -> None:
    """The head of security has asked for what nobody does alone; the chief executive may approve it."""
    InForce.objects.create(pk=1, since=by.at)
    names = {"name_sv": function.name_sv, "name_en": function.name_en, "tier": function.tier, "position": 4}
    try:
        change_function(function=function, **names, role="security_coordinator", by=by, at=by.at)
    except AwaitsApproval as awaiting:
        ask_approval(approval=awaiting.approval, reason="Ordning", by=by, at=by.at)


def _reader(municipality: Municipality, role: str, name: str, function: str, unit: str) -> Member:
    if role != "employee":
        return join(name, municipality, function or None, unit or None)
    account = Account.objects.create(email="elin@ekby.example", name=name, created_at=AT)
    return Member(person=None, account=account)


def _sessions_elsewhere(owner: Member, at: datetime) -> None:
    """A session of theirs in another browser, which can be ended."""
    until = at + timedelta(hours=1)
    times = {"begun_at": at, "seen_at": at, "idle_until": until, "ends_at": until}
    Session.objects.get_or_create(key=f"{owner.account.pk} elsewhere", defaults={"account": owner.account, **times})
