from typing import Any

import django_tables2
from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from varn.mechanisms.exports.columns import Column
from varn.mechanisms.notices.models import Mail, MailState
from varn.mechanisms.ui.filters import FilterSet, TextFilter, WordFilter
from varn.mechanisms.ui.tables import BadgeColumn, MomentColumn, NumberColumn, Table
from varn.mechanisms.ui.words import word


class MailTable(Table):
    """The outbox as a list: to whom, how it stands, why not, and the button to try again. Never the body."""

    to = django_tables2.Column(verbose_name=_("To"))
    subject = django_tables2.Column(verbose_name=_("Subject"))
    state = BadgeColumn(prefix="notices:mail_state.", verbose_name=_("State"))
    last_error = django_tables2.Column(verbose_name=_("Why it did not go out"), orderable=False)
    attempts = NumberColumn(verbose_name=_("Tries"))
    next_at = MomentColumn(verbose_name=_("Next try"))
    created_at = MomentColumn(verbose_name=_("Queued"))
    sent_at = MomentColumn(verbose_name=_("Sent"))
    again = django_tables2.Column(verbose_name="", empty_values=(), orderable=False, accessor="pk")

    class Meta(Table.Meta):
        model = Mail
        fields = (
            "to",
            "subject",
            "state",
            "last_error",
            "attempts",
            "next_at",
            "created_at",
            "sent_at",
            "again",
        )
        shown = ("to", "subject", "state", "last_error", "attempts", "created_at", "again")

    def render_last_error(self, record: Mail) -> str:
        """The fault in plain words, with the technician's detail."""
        return render_to_string("notices/_fault.html", {"mail": record})

    def render_next_at(self, record: Mail, column: MomentColumn) -> Any:
        """Only what still waits has a next try."""
        return column.render(record.next_at) if record.state == MailState.QUEUED else "–"

    def render_again(self, record: Mail) -> str:
        """The way to try again, for what failed and for what waits after a failure."""
        if record.state not in (MailState.FAILED, MailState.QUEUED) or not record.last_error:
            return ""
        return render_to_string("notices/_again.html", {"mail": record})


EXPORTED = (
    Column(_("To"), lambda mail: mail.to),
    Column(_("Subject"), lambda mail: mail.subject),
    Column(_("State"), lambda mail: capfirst(word(f"notices:mail_state.{mail.state}"))),
    Column(_("Why it did not go out"), lambda mail: mail.last_error and word(f"notices:fault.{mail.last_error}")),
    Column(_("Tries"), lambda mail: mail.attempts),
    Column(_("Queued"), lambda mail: mail.created_at),
    Column(_("Sent"), lambda mail: mail.sent_at),
)


class MailFilter(FilterSet):
    """Finding one mail among many."""

    q = TextFilter(fields=("to", "subject"))
    state = WordFilter(prefix="notices:mail_state.", keys=[state.value for state in MailState], label=_("State"))

    class Meta:
        model = Mail
        fields = ()
