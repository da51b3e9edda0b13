"""What follows when a provider has proven who somebody is: whose account it opens, and what their groups give."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.permissions import Permission as Access
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, record
from varn.mechanisms.directory.asking import require_directory
from varn.mechanisms.directory.face import Known, Told, face
from varn.mechanisms.directory.models import SCIM, DirectoryUser, Membership
from varn.mechanisms.directory.queries import known_groups
from varn.mechanisms.directory.sso.proof import Proof
from varn.mechanisms.door.queries import break_glass_of
from varn.mechanisms.moves.making import Refused

PROVE = "directory:subject:prove"
CONNECT = "directory:subject:connect"
HEAR = "directory:user:hear_groups"


@action
def open_for_person(*, proof: Proof, by: Viewer, at: datetime) -> Account:
    """The account of the person whom the employee id names may be entered; it is made, if they have none.

    The subject opens this account from now on, and no other. An e-mail address opens nothing. Raises `Refused` for
    somebody whom the organisation does not know, who has left, or whose account is closed or the break-glass account.
    """
    require_directory(PROVE, by=by)
    known = _known(proof, by=by, at=at)
    subject = SocialAccount.objects.filter(provider=proof.provider.key, uid=proof.uid).first()
    if subject is not None and (known.account is None or subject.user_id != known.account.pk):
        raise Refused(Refusal("directory:refusal.subject_is_another"))
    account = known.account or _made(known, proof, by=by, at=at)
    if not account.is_active:
        raise Refused(Refusal("directory:refusal.account_is_closed"))
    if break_glass_of(account.pk) is not None:
        raise Refused(Refusal("directory:refusal.account_is_sealed"))
    if subject is None:
        _connect(account, proof, by=by, at=at)
    record(PROVE, account, by=by, at=at, changes={"level": (None, proof.level.name.lower())})
    return account


@action
def hear_groups(*, proof: Proof, by: Viewer, at: datetime) -> DirectoryUser:
    """The person is in exactly those of the known groups that the provider names, and has what they give."""
    require_directory(HEAR, by=by)
    known = face().person_of(employee_id=proof.employee_id, at=at)
    employee_id = known.employee_id if known else proof.employee_id
    said = {"user_key": proof.uid.casefold(), "received_at": at, "changed_at": at}
    user, _ = DirectoryUser.objects.get_or_create(source=proof.provider.key, employee_id=employee_id, defaults=said)
    named = known_groups(proof)
    held = {membership.group_id: membership for membership in user.memberships.select_related("group")}
    joined = [group for group in named.values() if group.pk not in held]
    left = [each for each in held.values() if each.group.name not in named]
    Membership.objects.filter(pk__in=[each.pk for each in left]).delete()
    Membership.objects.bulk_create([Membership(group=group, user=user) for group in joined])
    names = (", ".join(sorted(each.group.name for each in held.values())), ", ".join(sorted(named)))
    record(HEAR, user, by=by, at=at, changes={"groups": names})
    face().follow_groups(employee_ids=[employee_id], by=by, at=at)
    return user


def _known(proof: Proof, *, by: Viewer, at: datetime) -> Known:
    known = face().person_of(employee_id=proof.employee_id, at=at)
    if known is None and proof.provider.makes_people:
        told = Told(employee_id=proof.employee_id, name=proof.name or proof.employee_id, email=proof.email)
        face().receive_person(told=told, by=by, at=at)
        known = face().person_of(employee_id=proof.employee_id, at=at)
    if known is None:
        raise Refused(Refusal("directory:refusal.person_unknown"))
    gone = DirectoryUser.objects.filter(source=SCIM, employee_id=known.employee_id, is_active=False)
    if not known.is_here or gone.exists():
        raise Refused(Refusal("directory:refusal.person_has_left"))
    return known


def _made(known: Known, proof: Proof, *, by: Viewer, at: datetime) -> Account:
    """An account for a person who has none. An address that has an account already is somebody else's."""
    email = (known.email or proof.email).strip()
    if not email:
        raise Refused(Refusal("directory:refusal.no_address"))
    if Account.objects.filter(email__iexact=email).exists():
        raise Refused(Refusal("directory:refusal.address_has_an_account"))
    account = Account(email=email, name=known.name, language=settings.LANGUAGE_CODE[:2], created_at=at)
    account.set_unusable_password()
    account.save()
    record(Access.CREATE_ACCOUNT, account, by=by, at=at, changes={"email": (None, email)})
    face().link_person(employee_id=known.employee_id, account=account, by=by, at=at)
    return account


def _connect(account: Account, proof: Proof, *, by: Viewer, at: datetime) -> None:
    """One subject of each provider opens an account: another that claims the same employee id is somebody else."""
    if SocialAccount.objects.filter(provider=proof.provider.key, user=account).exists():
        raise Refused(Refusal("directory:refusal.other_subject"))
    SocialAccount.objects.create(provider=proof.provider.key, uid=proof.uid, user=account)
    record(CONNECT, account, by=by, at=at, changes={"provider": (None, proof.provider.name)})
