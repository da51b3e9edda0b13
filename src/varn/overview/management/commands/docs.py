from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from varn.overview import documentation


class Command(BaseCommand):
    """Writes the generated pages of the documentation, or says which of them are old."""

    help = _("Write the generated pages of the documentation.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=Path("docs"))
        parser.add_argument("--check", action="store_true", help="write nothing; fail if a page is old")

    def handle(self, *, folder: Path, check: bool, **options: Any) -> None:
        old = documentation.old_pages(folder)
        if check and old:
            raise CommandError("Old: " + ", ".join(old))
        if not check:
            for name, text in documentation.pages().items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(text, encoding="utf-8")
        self.stdout.write(f"{len(old)} pages changed")
