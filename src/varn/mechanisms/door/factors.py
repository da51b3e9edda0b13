"""Reading which factors somebody has."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.utils.text import capfirst

from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.door.kinds import CODE_APP, PASSKEY, RECOVERY_CODES, SECOND
from varn.mechanisms.door.sealing import is_newest
from varn.mechanisms.ui.words import word

# Where each kind keeps what nobody may read.
SECRET_OF = {CODE_APP: "secret", RECOVERY_CODES: "seed"}
# Fewer left than this, and their owner is asked to make new ones.
FEW_CODES = 4


@dataclass(frozen=True, kw_only=True)
class ShownFactor:
    """A passkey or an app for codes on its owner's page."""

    pk: int
    kind: str
    name: str
    added_at: datetime
    used_at: datetime | None

    @property
    def is_passkey(self) -> bool:
        """Whether it has a name that its owner can change."""
        return bool(self.kind == PASSKEY)


@dataclass(frozen=True, kw_only=True)
class Factors:
    """What somebody signs in with besides a password, and how many recovery codes are left."""

    second: tuple[ShownFactor, ...]
    codes_left: int

    @property
    def has_code_app(self) -> bool:
        """Whether there is an app for codes; there is never more than one."""
        return any(factor.kind == CODE_APP for factor in self.second)

    @property
    def lacks_passkey(self) -> bool:
        """Whether what there is can be given away to a page that only looks like ours."""
        return not any(factor.is_passkey for factor in self.second)

    @property
    def lacks_another(self) -> bool:
        """Whether there is nothing to sign in with when the one is lost."""
        return len(self.second) < 2

    @property
    def has_few_codes(self) -> bool:
        """Whether it is time for new recovery codes."""
        return self.codes_left < FEW_CODES


def factors_of(account: Account) -> Factors:
    """What the account can be entered with, the oldest first."""
    held = list(Authenticator.objects.filter(user=account).order_by("created_at", "pk"))
    codes = next((factor for factor in held if factor.type == RECOVERY_CODES), None)
    return Factors(
        second=tuple(map(_shown, _second(held))),
        codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
    )


def second_factors(*, viewer: Viewer) -> QuerySet[Authenticator]:
    """The reader's own second factors."""
    own: QuerySet[Authenticator] = Authenticator.objects.filter(user=viewer.account_id, type__in=SECOND)
    return own


def passkeys(*, viewer: Viewer) -> QuerySet[Authenticator]:
    """The reader's own passkeys."""
    return second_factors(viewer=viewer).filter(type=PASSKEY)


def kinds_of(account: Account) -> set[str]:
    """The kinds of factor that the account has."""
    return set(Authenticator.objects.filter(user=account).values_list("type", flat=True))


def sealed_before() -> list[Authenticator]:
    """The factors whose secret is sealed with a key that is no longer the one in use."""
    secret = Authenticator.objects.exclude(type=PASSKEY).order_by("pk")
    return [factor for factor in secret if not is_newest(factor.data[SECRET_OF[factor.type]])]


def name_of(factor: Authenticator) -> str:
    """What its owner calls it."""
    kind = capfirst(word(f"access:account_factor.{factor.type}"))
    return str(factor.data["name"]) if factor.type == PASSKEY else kind


def _second(held: Iterable[Authenticator]) -> Iterable[Authenticator]:
    return (factor for factor in held if factor.type in SECOND)


def _shown(factor: Authenticator) -> ShownFactor:
    return ShownFactor(
        pk=factor.pk,
        kind=factor.type,
        name=name_of(factor),
        added_at=factor.created_at,
        used_at=factor.last_used_at,
    )
