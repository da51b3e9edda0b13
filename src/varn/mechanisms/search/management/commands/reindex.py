from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from varn.mechanisms.search.indexing import reindex


class Command(BaseCommand):
    """Makes the search index anew from the tables themselves."""

    help = _("Make the search index anew.")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            count = reindex()
        self.stdout.write(_("%(count)s rows can be found.") % {"count": count})
