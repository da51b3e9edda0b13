"""Making the database ready before it is served."""

from collections.abc import Callable

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from varn.kernel.lifecycle import Refusal
from varn.mechanisms.ui.words import sentence


def prepare_database(say: Callable[[str], object], *, is_demo: bool = False) -> None:
    """An empty database has its tables, and so has a demo's of an older version.

    An installation's database of an older version is left alone: its owner takes a backup first. What was killed after
    the last table and before the registers that follow it is made whole.
    """
    executor = MigrationExecutor(connection)
    is_old = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not is_old and _knows_every_table():
        return
    if is_old and executor.loader.applied_migrations and not is_demo:
        raise CommandError(sentence(Refusal("overview:refusal.older_database")))
    say(_("Preparing the database …"))
    call_command("migrate", verbosity=0, interactive=False)


def _knows_every_table() -> bool:
    """Whether every table stands in the register that histories and attachments point into.

    Were a row of it first made inside a deed, and that deed undone, this process would go on pointing at a row that is
    not there.
    """
    known = set(ContentType.objects.values_list("app_label", "model"))
    return all((model._meta.app_label, model._meta.model_name) in known for model in apps.get_models())
