import django_tables2
from django.utils.translation import gettext_lazy as _

from varn.mechanisms.jobs.models import Outcome, Run
from varn.mechanisms.ui.filters import FilterSet, WordFilter
from varn.mechanisms.ui.tables import ActorColumn, BadgeColumn, MomentColumn, NumberColumn, Table


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


class RunFilter(FilterSet):
    """Finding the runs that went badly."""

    outcome = WordFilter(prefix="jobs:outcome.", keys=[outcome.value for outcome in Outcome], label=_("Outcome"))

    class Meta:
        model = Run
        fields = ()
