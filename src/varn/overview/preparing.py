"""Making the database ready before it is served."""

from collections.abc import Callable

from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.ui.words import sentence


def prepare_database(say: Callable[[str], object], *, is_demo: bool = False) -> None:
    """An empty database has its tables, and so has a demo's of an older version.

    An installation's database of an older version is left alone: its owner takes a backup first.
    """
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if executor.loader.applied_migrations and not is_demo:
        raise CommandError(sentence(Refusal("overview:refusal.older_database")))
    say(_("Preparing the database …"))
    call_command("migrate", verbosity=0, interactive=False)
