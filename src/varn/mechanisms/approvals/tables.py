"""The lists of requests."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from varn.mechanisms.approvals.models import Approval
from varn.mechanisms.ui.tables import MomentColumn, StateColumn, Table, ThingColumn
from varn.mechanisms.ui.words import word


class ApprovalTable(Table):
    """Requests that wait for the reader: what, about what, who asks, and until when."""

    reference = ThingColumn(verbose_name=_("Reference"))
    action = Column(verbose_name=_("What"))
    about = Column(verbose_name=_("About"))
    requested_by = ThingColumn(verbose_name=_("Asked by"), link=False)
    expires_at = MomentColumn(verbose_name=_("To be decided before"))

    class Meta(Table.Meta):
        model = Approval
        fields = ("reference", "action", "about", "requested_by", "expires_at")
        order_by = "expires_at"

    def render_action(self, value: str) -> str:
        """The action in words."""
        return capfirst(word(value))


class OwnTable(ApprovalTable):
    """What the reader has asked for."""

    requested_at = MomentColumn(verbose_name=_("Asked"))
    decided_by = ThingColumn(verbose_name=_("Decided by"), link=False)
    state = StateColumn()

    class Meta(Table.Meta):
        model = Approval
        fields = ("reference", "action", "about", "requested_at", "expires_at", "decided_by", "state")
        exclude = ("requested_by",)
        order_by = "-requested_at"


class DecidedTable(ApprovalTable):
    """What the reader has decided."""

    decided_at = MomentColumn(verbose_name=_("Decided"))
    state = StateColumn()

    class Meta(Table.Meta):
        model = Approval
        fields = ("reference", "action", "about", "requested_by", "decided_at", "state")
        exclude = ("expires_at",)
        order_by = "-decided_at"
