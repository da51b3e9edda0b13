from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.audit.trail import Refused
from varn.mechanisms.door import queries
from varn.mechanisms.door.actions.break_glass import make_break_glass, seal_break_glass
from varn.mechanisms.ui.words import sentence

JOB = "door:breakglass"


class Command(BaseCommand):
    """An administrator's account is the break-glass account, or is sealed anew; its password is printed this once."""

    help = _("Make an administrator's account the break-glass account, or seal it anew: varn breakglass ADDRESS")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help=_("the e-mail address of the account"))

    def handle(self, *, address: str, **options: Any) -> None:
        at = timezone.now()
        account = queries.account_at(address)
        if account is None:
            raise CommandError(_("There is no account with the address %(address)s.") % {"address": address})
        by, sealed = system_viewer(at=at, job=JOB), queries.break_glass_of(account.pk)
        try:
            if sealed is None:
                _made, password = make_break_glass(account=account, by=by, at=at)
            else:
                _made, password = seal_break_glass(sealed=sealed, by=by, at=at)
        except Refused as refused:
            raise CommandError(sentence(refused.refusal)) from refused
        self.stdout.write(_("Write it down by hand, seal it in an envelope, and clear the screen:"))
        self.stdout.write(password)
