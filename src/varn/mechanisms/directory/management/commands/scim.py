"""`varn scim token`: a token for the directory, made where nobody can sign in yet."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.audit.trail import Refused
from varn.mechanisms.directory.actions import create_token
from varn.mechanisms.directory.secrets import new_secret
from varn.mechanisms.ui.words import sentence


class Command(BaseCommand):
    """Make a token by which the municipality's directory is let in (SCIM 2.0)."""

    help = _("Make a token by which the municipality's directory is let in (SCIM 2.0): varn scim token NAME.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What is made, and what it is called."""
        parser.add_argument("what", choices=["token"])
        parser.add_argument("name", metavar="NAME", help=_("what the token is called in the list of tokens"))
        parser.add_argument("--days", type=int, help=_("for how many days it works, if fewer than the lawbook allows"))

    def handle(self, **options: Any) -> None:
        """The token is printed once; only its digest is kept."""
        at, secret = timezone.now(), new_secret()
        by = system_viewer(at=at, job="directory:console")
        try:
            token = create_token(name=options["name"], secret=secret, days=options["days"], by=by, at=at)
        except Refused as error:
            raise CommandError(sentence(error.refusal)) from error
        self.stdout.write(secret)
        said = _("The token works until %(day)s. It is shown only now.")
        self.stderr.write(said % {"day": timezone.localdate(token.expires_at)})
