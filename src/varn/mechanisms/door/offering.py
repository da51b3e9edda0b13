"""What an account's page tells and offers of its sessions and of its seal."""

from django.urls import reverse
from django.utils.translation import gettext as _

from varn.mechanisms.access.models import Account
from varn.mechanisms.access.request import Request
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.door import queries
from varn.mechanisms.door.permissions import Permission
from varn.mechanisms.links import Link
from varn.mechanisms.ui.details import Fact


def facts_of_the_door(account: Account, *, viewer: Viewer) -> list[Fact]:
    """In how many browsers the account is signed in, and whether it is a break-glass account and how its seal is."""
    facts = []
    if viewer.may(Permission.END_SESSIONS):
        facts.append(Fact(label=_("Signed in now"), value=queries.sessions_of(account, viewer=viewer).count()))
    sealed = queries.break_glass_accounts(viewer=viewer).filter(account=account).first()
    if sealed is not None:
        state = "used" if sealed.used_at else "sealed"
        facts.append(Fact(label=_("Break-glass account"), state=f"door:break_glass.{state}"))
        facts.append(Fact(label=_("Sealed"), value=sealed.sealed_at))
    if sealed is not None and sealed.used_at:
        facts.append(Fact(label=_("The seal was broken"), value=sealed.used_at))
        facts.append(Fact(label=_("Why"), value=sealed.entered_for or _("No reason was given.")))
    return facts


def verbs_of_the_door(request: Request, account: Account) -> list[Link]:
    """What the reader may do with the account's sessions and its seal."""
    viewer, is_sealed = request.viewer, queries.break_glass_of(account.pk) is not None
    is_anothers = account.pk != viewer.account_id and account.is_active
    may_be_sealed = is_anothers and account.is_administrator and not is_sealed
    offered = (
        (Permission.END_SESSIONS, account.is_active, "account-end_sessions", _("End all sessions"), "logout"),
        (Permission.MAKE_BREAK_GLASS, may_be_sealed, "break_glass-make", _("Make it the break-glass account"), "lock"),
        (Permission.SEAL_BREAK_GLASS, is_anothers and is_sealed, "break_glass-seal", _("Seal anew"), "lock"),
    )
    return [
        Link(label=label, url=reverse(f"door:{name}", args=[account.pk]), icon=icon)
        for permission, fits, name, label, icon in offered
        if fits and viewer.may(permission)
    ]
