"""Reading what the directory has said, and what is set up towards it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, QuerySet
from django.urls import reverse

from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.directory.face import face
from varn.mechanisms.directory.models import SCIM, DirectoryGroup, DirectoryUser, Token
from varn.mechanisms.directory.permissions import Permission
from varn.mechanisms.directory.sso.config import Kind, Provider, providers
from varn.mechanisms.directory.sso.proof import Proof

MOST_DEPARTMENTS = 1_000


def tokens(*, viewer: Viewer) -> QuerySet[Token]:
    """The tokens, the newest first."""
    return Token.objects.visible_to(viewer)


def groups(*, viewer: Viewer) -> QuerySet[DirectoryGroup]:
    """The groups that are known, each with how many are in it."""
    return DirectoryGroup.objects.visible_to(viewer).standing().annotate(size=Count("memberships"))


def given_by_groups(groups: Iterable[int], *, viewer: Viewer) -> Mapping[int, list[str]]:
    """What each of the groups gives, in words, by its id; as far as the reader may see it."""
    return face().given_by(groups=list(groups), viewer=viewer)


def users(*, viewer: Viewer) -> QuerySet[DirectoryUser]:
    """The people of whom the directory itself has told."""
    return DirectoryUser.objects.visible_to(viewer).filter(source=SCIM)


def ways_of_signing_in(*, viewer: Viewer) -> list[Provider]:
    """The providers of this installation, for those who may see how it is connected."""
    return list(providers().values()) if viewer.may(Permission.READ_DIRECTORY) else []


def members_of(group: DirectoryGroup) -> QuerySet[DirectoryUser]:
    """Who is in the group and is active, without a reader: the area that gives the rights asks."""
    return DirectoryUser.objects.filter(memberships__group=group, is_active=True)


def known_groups(proof: Proof) -> dict[str, DirectoryGroup]:
    """The groups that the provider names and that are known here, by their names."""
    found = DirectoryGroup.objects.standing().filter(source=proof.provider.key, name__in=proof.groups or ())
    return {group.name: group for group in found}


def groups_have_changed(proof: Proof) -> bool:
    """Whether the person is in other groups, of those that are known, than the provider named the last time."""
    if proof.groups is None:
        return False
    held = DirectoryGroup.objects.filter(
        source=proof.provider.key, memberships__user__employee_id__iexact=proof.employee_id
    )
    return set(held.values_list("pk", flat=True)) != {group.pk for group in known_groups(proof).values()}


@dataclass(frozen=True, kw_only=True)
class ShownToken:
    """A token, and the glossary key of whether it works."""

    token: Token
    state: str
    is_working: bool


@dataclass(frozen=True, kw_only=True)
class ShownProvider:
    """A sign-in provider as its page shows it: its kind as a key of the glossary, and what it is to be given."""

    name: str
    word: str
    issuer: str
    employee_id: str
    groups: str
    address: str


def standing(*, viewer: Viewer) -> dict[str, object]:
    """How the installation is connected: the ways in, the tokens, how many are known and when it was last told."""
    known, groups_known = users(viewer=viewer), groups(viewer=viewer)
    shown = [_shown(token, viewer) for token in tokens(viewer=viewer)]
    latest = known.order_by("-changed_at").first()
    return {
        "providers": [_described(provider) for provider in ways_of_signing_in(viewer=viewer)],
        "tokens": shown,
        "users": known.count(),
        "inactive": known.filter(is_active=False).count(),
        "groups": groups_known.count(),
        "last_said_at": latest.changed_at if latest else None,
        "departments": unknown_departments(viewer=viewer),
    }


def unknown_departments(*, viewer: Viewer) -> list[str]:
    """The departments that the directory names and that are no unit here."""
    named = users(viewer=viewer).exclude(department="").order_by("department")
    told = list(named.values_list("department", flat=True).distinct()[:MOST_DEPARTMENTS])
    return face().unknown_units(codes=told) if told else []


def _shown(token: Token, viewer: Viewer) -> ShownToken:
    state = token.state_at(viewer.at)
    return ShownToken(token=token, state=f"directory:token.{state}", is_working=state == "working")


def _described(provider: Provider) -> ShownProvider:
    page = "directory:sso-callback" if provider.kind is Kind.OIDC else "directory:sso-metadata"
    return ShownProvider(
        name=provider.name,
        word=f"directory:kind.{provider.kind}",
        issuer=provider.issuer,
        employee_id=provider.employee_id,
        groups=provider.groups,
        address=f"{settings.BASE_URL}{reverse(page, args=[provider.key])}",
    )
