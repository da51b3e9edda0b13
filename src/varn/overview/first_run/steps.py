"""The steps of the first run in their order, and how far an installation has come."""

from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from varn.mechanisms.links import Link
from varn.overview.first_run.code import mark_of_code


class Step(StrEnum):
    """One step. Its value is also the end of its address."""

    CODE = "code"
    MUNICIPALITY = "municipality"
    ADMINISTRATOR = "administrator"
    FACTOR = "factor"
    IMPORTS = "imports"
    LEVELS = "levels"
    REQUIREMENTS = "requirements"
    GAPS = "gaps"


LABELS: dict[Step, str | Promise] = {
    Step.CODE: _("Code"),
    Step.MUNICIPALITY: _("The municipality"),
    Step.ADMINISTRATOR: _("First administrator"),
    Step.FACTOR: _("Passkey"),
    Step.IMPORTS: _("Units and people"),
    Step.LEVELS: _("Who is on which level"),
    Step.REQUIREMENTS: _("What is required"),
    Step.GAPS: _("The gaps"),
}


@dataclass(frozen=True, kw_only=True)
class ShownStep:
    """A step in the list beside the page. One that cannot be reached yet has no address."""

    number: int
    label: str | Promise
    url: str
    is_current: bool
    is_done: bool


def shown_steps(current: Step, *, has_account: bool) -> list[ShownStep]:
    """All steps. Those from the imports on can be gone to in any order once there is an account; before it, none."""
    order = list(Step)
    here, free = order.index(current), order.index(Step.IMPORTS)
    return [
        ShownStep(
            number=number + 1,
            label=LABELS[step],
            url=url_of_step(step) if has_account and number >= free else "",
            is_current=number == here,
            is_done=number < here,
        )
        for number, step in enumerate(order)
    ]


def way_back() -> Link | None:
    """The way to the step that the installation has come to, while there is a first run."""
    if not mark_of_code():
        return None
    return Link(label=_("The first run is not ended. Go back to it."), url=reverse("overview:first_run"))


def url_of_step(step: Step) -> str:
    """The address of the step."""
    return reverse(f"overview:first_run-{step}")


def after(step: Step) -> Step:
    """The step that follows."""
    order = list(Step)
    return order[order.index(step) + 1]
