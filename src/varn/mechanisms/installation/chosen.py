"""What this installation is called and looks like, and the municipality's own numbers of days."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from django.http import HttpRequest, HttpResponse

from varn.kernel.calendar import Period
from varn.kernel.lawbook import LAW, Amount, InactiveRule
from varn.mechanisms.installation.models import Setting

DEFAULT_ACCENT = "#0b5c7a"
_READ: ContextVar[list["Installation"] | None] = ContextVar("read", default=None)


@dataclass(frozen=True, kw_only=True)
class Installation:
    """The settings as they stand. Before the first run there is no name, and the accent is Värn's own."""

    name: str = ""
    accent: str = DEFAULT_ACCENT
    accent_dark: str = ""
    mail_sender: str = ""
    reply_to: str = ""
    is_ready: bool = False
    reminders: dict[str, int] = field(default_factory=dict)

    @property
    def look(self) -> str:
        """A short text that changes when the colours do, so that a browser fetches the stylesheet anew."""
        return sha256(f"{self.accent}{self.accent_dark}".encode()).hexdigest()[:12]

    def days(self, rule_id: str, *, on: date) -> int:
        """The number of days of a local rule: the municipality's own, or otherwise the lawbook's on that day."""
        if rule_id in self.reminders:
            return self.reminders[rule_id]
        value = LAW[rule_id].on(on).value
        if not isinstance(value, Period):
            raise InactiveRule(f"{rule_id} is not counted in days")
        return value.weeks * 7 + value.days

    def number(self, rule_id: str, *, on: date) -> int:
        """The number of a local rule that is counted in another unit: the municipality's own, never above it.

        Whoever wants a larger one writes it, with its reason, in the municipality's own folder of the lawbook.
        """
        value = LAW[rule_id].on(on).value
        if not isinstance(value, Amount):
            raise InactiveRule(f"{rule_id} is not counted")
        return min(int(value.number), self.reminders.get(rule_id, int(value.number)))


class ReadOnce:
    """While a page is only read, the settings are read once; whoever changes them always sees them anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        token = _READ.set([])
        try:
            return self.get_response(request)
        finally:
            _READ.reset(token)


def installation() -> Installation:
    """The settings of this installation as of now, or as of the beginning of the page that is being read."""
    read = _READ.get()
    if read:
        return read[0]
    found = _found()
    if read is not None:
        read.append(found)
    return found


def standing() -> Setting | None:
    """The row of the settings, as it stands; none before the first of them is made."""
    return Setting.objects.filter(pk=1).first()


def _found() -> Installation:
    setting = standing()
    if setting is None:
        return Installation()
    return Installation(
        name=setting.municipality,
        accent=setting.accent,
        accent_dark=setting.accent_dark,
        mail_sender=setting.mail_sender,
        reply_to=setting.reply_to,
        is_ready=setting.is_ready,
        reminders={key: int(days) for key, days in setting.reminders.items()},
    )
