from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from varn.kernel.calendar import end_of_day
from varn.mechanisms.access.viewer import system_viewer, viewer_of
from varn.mechanisms.secrecy import queries
from varn.mechanisms.secrecy.actions import ask_why
from varn.mechanisms.secrecy.explaining import Explanation
from varn.mechanisms.secrecy.telling import told, verdict

SIGNS = {True: "+", False: "-", None: " "}


class Command(BaseCommand):
    """Says why somebody sees a record, or does not, rule by rule. The question stands in the record's trail.

    Whoever stands at the machine is told no case's subjects: only `--by`, somebody who may read them, is.
    """

    help = _("Say why somebody sees a record, or does not: varn access explain PERSON RECORD")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["explain"])
        parser.add_argument(
            "person", help=_("the employee id or the name of the person, or the address of the account")
        )
        parser.add_argument("record", help=_("the reference of the record, or kind:id (decisions:decision:17)"))
        parser.add_argument("--as-of", help=_("a day or a moment; otherwise now"))
        parser.add_argument("--by", help=_("who asks: the record must be theirs to see, and so must its subjects"))

    def handle(self, *, person: str, record: str, as_of: str | None, by: str | None, **options: Any) -> None:
        now = timezone.now()
        system = system_viewer(at=now, job="access:explain")
        asking = system if by is None else viewer_of(_known(queries.account_meant(by, viewer=system), by), at=now)
        account = _known(queries.account_meant(person, viewer=system), person)
        thing = queries.record_meant(record, viewer=asking)
        if thing is None:
            said = _("No decision and no person is called “%(text)s”: write a reference or kind:id.")
            raise CommandError(said % {"text": record})
        moment = min(_moment(as_of), now) if as_of else now
        answer = ask_why(thing=thing, account=account, moment=moment, by=asking, at=now)
        self.stdout.write(f"{account.name}, {timezone.localtime(moment):%Y-%m-%d %H:%M}: {thing}")
        self._write(answer.explanation)

    def _write(self, explanation: Explanation) -> None:
        for rule in told(explanation):
            self.stdout.write(
                f"{SIGNS[rule.holds]} {rule.name}" + ("" if rule.holds is not None else f" ({_('not shown')})")
            )
            for holds, line in rule.lines:
                self.stdout.write(f"    {SIGNS[holds]} {line}")
        self.stdout.write(verdict(explanation))


def _known(found: Any, written: str) -> Any:
    if found is None:
        raise CommandError(_("There is none called “%(text)s”.") % {"text": written})
    return found


def _moment(written: str) -> datetime:
    moment, day = parse_datetime(written), parse_date(written)
    if moment is None and day is None:
        raise CommandError(_("“%(text)s” is no day and no moment.") % {"text": written})
    if moment is None and day is not None:
        return end_of_day(day)
    return moment if moment and timezone.is_aware(moment) else timezone.make_aware(moment or timezone.now())
