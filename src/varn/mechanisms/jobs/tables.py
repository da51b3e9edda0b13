import django_tables2
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from varn.mechanisms.exports.columns import Column
from varn.mechanisms.jobs.models import Outcome, Run
from varn.mechanisms.ui.filters import FilterSet, WordFilter
from varn.mechanisms.ui.tables import ActorColumn, BadgeColumn, MomentColumn, NumberColumn, Table
from varn.mechanisms.ui.words import actor, word


class RunTable(Table):
    """The runs of one job."""

    started_at = MomentColumn(verbose_name=_("Started"))
    ended_at = MomentColumn(verbose_name=_("Ended"))
    outcome = BadgeColumn(prefix="jobs:outcome.", verbose_name=_("Outcome"))
    count = NumberColumn(verbose_name=_("Dealt with"))
    due_at = MomentColumn(verbose_name=_("Was due"))
    started_by = ActorColumn(verbose_name=_("Started by"))
    error = django_tables2.Column(verbose_name=_("Error"), orderable=False)

    class Meta(Table.Meta):
        model = Run
        fields = ("started_at", "ended_at", "outcome", "count", "due_at", "started_by", "error")
        shown = ("started_at", "outcome", "count", "started_by", "error")


EXPORTED = (
    Column(_("Job"), lambda run: capfirst(word(run.name))),
    Column(_("Started"), lambda run: run.started_at),
    Column(_("Ended"), lambda run: run.ended_at),
    Column(_("Outcome"), lambda run: capfirst(word(f"jobs:outcome.{run.outcome}"))),
    Column(_("Dealt with"), lambda run: run.count),
    Column(_("Was due"), lambda run: run.due_at),
    Column(_("Started by"), lambda run: actor(run.started_by)),
    Column(_("Error"), lambda run: run.error),
)


STANDINGS = (
    Column(_("Job"), lambda row: capfirst(word(row.job.name))),
    Column(_("Last run"), lambda row: row.last and row.last.started_at),
    Column(_("Outcome"), lambda row: row.last and capfirst(word(f"jobs:outcome.{row.last.outcome}"))),
    Column(_("Last failure"), lambda row: row.last_failure and row.last_failure.started_at),
    Column(_("Error"), lambda row: row.last_failure and row.last_failure.error),
    Column(_("Next run"), lambda row: row.next_at),
)


class RunFilter(FilterSet):
    """Finding the runs that went badly."""

    outcome = WordFilter(prefix="jobs:outcome.", keys=[outcome.value for outcome in Outcome], label=_("Outcome"))

    class Meta:
        model = Run
        fields = ()
