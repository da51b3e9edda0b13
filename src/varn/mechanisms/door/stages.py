"""The steps between a right password and being signed in."""

from allauth.account.authentication import get_authentication_records
from allauth.account.stages import LoginStage
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpResponseBase
from django.shortcuts import redirect

from varn.mechanisms.door.kinds import SECOND
from varn.mechanisms.door.queries import break_glass_of


class EnrolStage(LoginStage):
    """Whoever has no second factor makes one before they are signed in: until then they reach nothing else.

    It is not asked of those whom the municipality's own directory has let in, nor of the break-glass account, which is
    asked for its reason instead.
    """

    key = "enrol"
    urlname = "access:enrol"

    def handle(self) -> tuple[HttpResponseBase | None, bool]:
        """The way to the page where it is made, or nothing."""
        return (redirect(self.urlname) if self._is_needed() else None), True

    def _is_needed(self) -> bool:
        account = self.login.user
        if account is None or break_glass_of(account.pk) or is_mfa_enabled(account, SECOND):
            return False
        steps = get_authentication_records(self.request, account)
        return not any(step.get("method") == "socialaccount" for step in steps)
