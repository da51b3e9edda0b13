"""What the demo has made so far: the municipality's units, people and accounts, found by the names the story uses."""

from dataclasses import dataclass, field
from datetime import datetime

from varn.areas.decisions.models import Decision
from varn.areas.organisation.models import Appointment, Function, Person, Unit
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.access.models import Account
from varn.mechanisms.access.viewer import Viewer, viewer_of
from varn.mechanisms.moves.making import Refused
from varn.overview.demo.days import Days
from varn.overview.first_run.founding import founder


@dataclass(kw_only=True)
class Place:
    """The demo municipality while it is being filled."""

    days: Days
    administrator: Account
    units: dict[str, Unit] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)

    def viewer(self, name: str, at: datetime) -> Viewer:
        """The person of this name as a reader at the moment, with the rights their appointments give then."""
        return viewer_of(self.accounts[name], at=at)

    def founder(self, at: datetime) -> Viewer:
        """The administrator while the installation is being set up."""
        return founder(self.administrator, at=at)

    def appointment(self, name: str, function: str) -> Appointment:
        """The latest appointment of the person of this name to the function of this key."""
        given = {"person": self.people[name], "function": self.functions[function]}
        found = Appointment.objects.filter(**given).order_by("-pk").first()
        if found is None:
            raise Refused(Refusal("organisation:refusal.no_holder"))
        return found
