"""The tables of the door's lists."""

import django_filters
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from varn.mechanisms.access.models import Account
from varn.mechanisms.door.lifecycle import FEEDBACK
from varn.mechanisms.door.models import Feedback
from varn.mechanisms.exports.columns import Column as Exported
from varn.mechanisms.ui.badges import badge
from varn.mechanisms.ui.fields import word_choices
from varn.mechanisms.ui.filters import FilterSet, StateFilter, TextFilter
from varn.mechanisms.ui.tables import MomentColumn, StateColumn, Table, ThingColumn
from varn.mechanisms.ui.words import address, word

ACCOUNT_STATES = ("open", "waiting", "closed")


def state_of(account: Account) -> str:
    """Whether the account is open, waits for its first password, or is closed."""
    if not account.is_active:
        return "closed"
    return "open" if account.has_usable_password() else "waiting"


class AccountTable(Table):
    """The accounts."""

    name = ThingColumn(verbose_name=_("Name"))
    email = Column(verbose_name=_("E-mail address"))
    state = Column(verbose_name=_("State"), empty_values=(), orderable=False)
    is_administrator = Column(verbose_name=_("Administrator"))
    last_login = MomentColumn(verbose_name=_("Last signed in"))

    class Meta(Table.Meta):
        model = Account
        fields = ("name", "email", "state", "is_administrator", "last_login")
        order_by = "name"

    def render_state(self, record: Account) -> str:
        """The badge, and another for a break-glass account, which says whether its seal is whole."""
        sealed = getattr(record, "break_glass", None)
        state = badge(f"access:account.{state_of(record)}")
        if sealed is None:
            return state
        return format_html("{} {}", state, badge(f"door:break_glass.{'used' if sealed.used_at else 'sealed'}"))

    def render_email(self, value: str) -> str:
        """The address, which breaks before its sign where it must break."""
        return address(value)

    def render_is_administrator(self, value: bool) -> str:
        """Yes, or nothing."""
        return str(_("Yes")) if value else "–"


class AccountFilter(FilterSet):
    """By name, address and state."""

    q = TextFilter(fields=("name", "email"))
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=lambda: word_choices(ACCOUNT_STATES, "access:account."),
        method="in_state",
        empty_label=_("All"),
    )

    class Meta:
        model = Account
        fields = ()

    def in_state(self, rows: QuerySet[Account], name: str, state: str) -> QuerySet[Account]:
        """The accounts in this state."""
        if state == "closed":
            return rows.filter(is_active=False)
        rows = rows.filter(is_active=True)
        return rows.filter(password__startswith="!") if state == "waiting" else rows.exclude(password__startswith="!")


ACCOUNTS = (
    Exported(_("Name"), lambda account: account.name),
    Exported(_("E-mail address"), lambda account: account.email),
    Exported(_("State"), lambda account: capfirst(word(f"access:account.{state_of(account)}"))),
    Exported(_("Administrator"), lambda account: account.is_administrator),
    Exported(_("Last signed in"), lambda account: account.last_login),
)


class FeedbackTable(Table):
    """The feedback on accessibility."""

    reference = ThingColumn(verbose_name=_("Reference"))
    text = Column(verbose_name=_("Text"), orderable=False)
    received_at = MomentColumn(verbose_name=_("Received"))
    state = StateColumn()

    class Meta(Table.Meta):
        model = Feedback
        fields = ("reference", "text", "received_at", "state")
        order_by = "-received_at"

    def render_text(self, value: str) -> str:
        """Its beginning."""
        return value if len(value) <= 120 else f"{value[:119]}…"


FEEDBACKS = (
    Exported(_("Reference"), lambda feedback: feedback.reference),
    Exported(_("Text"), lambda feedback: feedback.text),
    Exported(_("Page"), lambda feedback: feedback.page),
    Exported(_("Received"), lambda feedback: feedback.received_at),
    Exported(_("State"), lambda feedback: capfirst(word(f"door:feedback.{feedback.state}"))),
    Exported(_("Answer"), lambda feedback: feedback.answer),
)


class FeedbackFilter(FilterSet):
    """By words and state."""

    q = TextFilter(fields=("reference", "text"))
    state = StateFilter(FEEDBACK)

    class Meta:
        model = Feedback
        fields = ()
