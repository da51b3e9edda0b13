from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from varn.mechanisms.search.indexing import reindex


class Command(BaseCommand):
    """Makes the search index anew from the tables themselves."""

    help = "Make the search index anew."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            count = reindex()
        self.stdout.write(f"{count} rows can be found.")
