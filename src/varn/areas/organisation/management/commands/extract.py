import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from varn.areas.organisation import actions
from varn.areas.organisation.models import Person
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.extracts.gathering import Extract
from varn.mechanisms.extracts.writing import as_data, as_pdf

NAME = "varn extract"


class Command(BaseCommand):
    """All that is kept about one person (GDPR, article 15), as JSON or PDF. That it was made stands in the trail."""

    help = _("Put together all that is kept about one person (GDPR, article 15), as JSON or as a file.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("who", metavar="EMPLOYEE_ID|ACCOUNT", help=_("the employee id, or the account's e-mail"))
        parser.add_argument("--to", metavar="FILE", default="", help=_("the file to write, .json or .pdf"))
        parser.add_argument("--reason", default=NAME, help=_("the request that it answers, as the trail keeps it"))

    def handle(self, *args: Any, **options: Any) -> None:
        extract = _extract(options["who"], options["reason"])
        if not options["to"]:
            self.stdout.write(_json(extract))
            return
        path = Path(options["to"])
        if path.suffix not in (".json", ".pdf"):
            raise CommandError(_("Name a file that ends in .json or .pdf."))
        content = as_pdf(extract) if path.suffix == ".pdf" else _json(extract).encode()
        path.touch(mode=0o600)
        path.write_bytes(content)
        self.stdout.write(_("%(count)s rows in %(file)s.") % {"count": extract.count, "file": path})


def _extract(who: str, reason: str) -> Extract:
    at = timezone.now()
    by = system_viewer(at=at, job=NAME)
    people = Person.objects.visible_to(by).select_related("account")
    account = Account.objects.visible_to(by).filter(email__iexact=who).first()
    person = people.filter(employee_id__iexact=who).first()
    if person is None and account is not None:
        person = people.filter(account=account).first()
    if person is not None:
        return actions.make_extract(person=person, reason=reason, by=by, at=at)
    if account is None:
        raise CommandError(_("There is neither a person nor an account called so."))
    return actions.make_extract_of_account(account=account, reason=reason, by=by, at=at)


def _json(extract: Extract) -> str:
    return json.dumps(as_data(extract), ensure_ascii=False, indent=2)
