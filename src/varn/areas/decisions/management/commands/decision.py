"""`varn decision parse FILE…` and `varn decision import FILE`: what the page does, without the page."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from varn.areas.decisions import actions, queries
from varn.areas.decisions.forms.row import doubt_key
from varn.areas.decisions.models import Body, Decision
from varn.areas.decisions.reader import Paragraph, Unreadable, as_json, read_file
from varn.areas.decisions.reader.command import main as parse
from varn.areas.decisions.rules import ConfirmedDecision, doubts, mark_of, normal_paragraph, proposed
from varn.kernel.glossary import GLOSSARY
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.viewer import system_viewer
from varn.mechanisms.moves.making import Refused
from varn.mechanisms.ui.words import sentence, word, written


class Command(BaseCommand):
    """Reads minutes, and registers their decisions."""

    help = _("Reads minutes into clauses, assignments and recipients (parse), or registers their decisions (import).")

    def add_arguments(self, parser: CommandParser) -> None:
        """`parse` prints JSON; `import` shows what was understood and asks before it registers."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        reading = verbs.add_parser("parse", help=_("print what the reader found, as JSON"))
        reading.add_argument("files", nargs="+", metavar="FILE", help=_("text, PDF or DOCX"))
        reading.add_argument("--json", action="store_true", help=_("print JSON (the only form there is)"))
        reading.add_argument("--out", metavar="DIR", help=_("write one JSON file per input into this folder"))
        bringing = verbs.add_parser("import", help=_("register the decisions of minutes"))
        bringing.add_argument("file", type=Path, metavar="FILE", help=_("text, PDF or DOCX"))
        bringing.add_argument("--body", default="", help=_("the body that decided, where the text does not say"))
        bringing.add_argument("--date", help=_("the day of the meeting (2026-11-23), where the text does not say"))
        which = bringing.add_mutually_exclusive_group()
        which.add_argument("--all", action="store_true", help=_("every § of the minutes"))
        which.add_argument("--paragraph", default="", help=_("only this §"))
        bringing.add_argument(
            "--yes", action="store_true", help=_("confirm everything, also what is uncertain, without asking")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Does what was asked; exit code 1 when a file could not be read or a § was refused."""
        if options["verb"] == "parse":
            self._parse(options)
        else:
            self._import(options)

    def _parse(self, options: dict[str, Any]) -> None:
        argv = [*options["files"], *(["--json"] if options["json"] else [])]
        if parse([*argv, *(["--out", options["out"]] if options["out"] else [])]):
            raise SystemExit(1)

    def _import(self, options: dict[str, Any]) -> None:
        options["date"] = _day(options["date"])
        chosen = self._chosen(self._read(options["file"]), options)
        refused = [found for found in chosen if not self._register(as_json(found), options)]
        if refused:
            raise CommandError(
                _("%(refused)s of %(count)s § were not registered.") % {"refused": len(refused), "count": len(chosen)}
            )

    def _read(self, path: Path) -> list[Paragraph]:
        try:
            return read_file(path)
        except Unreadable as error:
            raise CommandError(error.swedish) from error
        except OSError as error:
            raise CommandError(_("%(path)s: the file cannot be opened.") % {"path": path}) from error

    def _chosen(self, found: list[Paragraph], options: dict[str, Any]) -> list[Paragraph]:
        if options["paragraph"]:
            wanted = normal_paragraph(options["paragraph"])
            found = [each for each in found if normal_paragraph(each.number or "") == wanted]
            if not found:
                raise CommandError(_("§ %(number)s does not stand in the file.") % {"number": wanted})
        elif len(found) > 1 and not options["all"]:
            numbers = ", ".join(each.number or "–" for each in found)
            raise CommandError(_("The file holds § %(numbers)s. Say --all or --paragraph N.") % {"numbers": numbers})
        return found

    def _register(self, found: dict[str, Any], options: dict[str, Any]) -> bool:
        decision = proposed(found, body=options["body"], day=options["date"])
        body = queries.body_called(decision.body)
        self._show(decision, found)
        if body is None:
            self.stderr.write(_no_body(decision.body))
            return False
        if not options["yes"] and not self._is_wanted():
            return False
        return self._registered(decision, body) is not None

    def _is_wanted(self) -> bool:
        try:
            return input(_("Register? [y/N] ")).strip().lower() in ("j", "ja", "y", "yes")
        except EOFError as error:
            raise CommandError(_("Nobody answered, and nothing was registered. Say --yes to register.")) from error

    def _registered(self, decision: ConfirmedDecision, body: Body) -> Decision | None:
        at = timezone.now()
        by = system_viewer(at=at, job="varn decision import")
        try:
            confirmed = queries.with_certain_adoptions(_of(decision, body), body, viewer=by)
            registered = actions.register_decision(paragraph=confirmed, by=by, at=at)
        except actions.AlreadyRegistered as error:
            self.stdout.write(_("Registered already: %(decision)s") % {"decision": _called(error.decision)})
            return error.decision
        except actions.NotConfirmed as error:
            for fault in error.faults:
                self.stderr.write(_at(fault.field, sentence(Refusal(fault.key))))
            return None
        except Refused as error:
            self.stderr.write(sentence(error.refusal))
            return None
        self.stdout.write(_("Registered: %(decision)s") % {"decision": _called(registered)})
        for assignment in confirmed.assignments:
            if assignment.adopts:
                self.stdout.write(_("Adopted: %(reference)s") % {"reference": assignment.adopts})
        return registered

    def _show(self, decision: ConfirmedDecision, found: dict[str, Any]) -> None:
        where = [
            decision.body,
            written(decision.date) if decision.date else "",
            f"§ {decision.paragraph}",
            decision.title,
        ]
        self.stdout.write("\n" + " ".join(filter(None, where)))
        for place, clause in enumerate(decision.clauses, start=1):
            self.stdout.write(f"  {place}. [{word(f'decisions:clause_kind.{clause.kind}')}] {clause.text}")
        for assignment in decision.assignments:
            deadline = f" ({assignment.deadline.words})" if assignment.deadline else ""
            self.stdout.write(f"  → {assignment.assignee}: {assignment.text}{deadline}")
        for closing in decision.closings:
            self.stdout.write(
                f"  ✓ {closing.body} {written(closing.date)} § {closing.paragraph} {closing.point}".rstrip()
            )
        for mention in decision.mentions:
            self.stdout.write(f"  ~ {mention.text}")
        for field, reason in doubts(found):
            self.stdout.write(f"  ? {_at(field, word(doubt_key(reason)))}")


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise CommandError(_("%(day)s is not a day. Write it as 2026-11-23.") % {"day": written}) from error


def _of(decision: ConfirmedDecision, body: Body) -> ConfirmedDecision:
    return decision if decision.body == body.name else replace(decision, body=body.name)


def _called(decision: Decision | None) -> str:
    return f"{decision.reference} {decision.citation}" if decision else ""


def _no_body(name: str) -> str:
    if not name:
        return _("The text does not say which body decided. Say it with --body.")
    return _("No body is called %(name)s. Add it first, or say which one with --body.") % {"name": name}


def _at(path: str, said: str) -> str:
    """What is said of a part of the decision, after the name of the part."""
    mark = mark_of(path)
    number = f" {mark.number}" if mark.number else ""
    return f"{capfirst(word(mark.key))}{number}: {said}" if mark.key in GLOSSARY else capfirst(said)
