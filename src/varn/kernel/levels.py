"""How sensitive a record is, and on which tier of the security organisation a function works."""

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """The closed order of sensitivity. A reader sees a record when its level is at most the level they hold."""

    OPEN = 0
    INTERNAL = 1
    SENSITIVE = 2
    SEALED = 3

    @property
    def key(self) -> str:
        """The level's name in data and in the glossary ("open", "internal", "sensitive", "sealed")."""
        return self.name.lower()

    @classmethod
    def of(cls, key: str) -> "Level":
        """The level that bears this key; `ValueError` when there is none."""
        for level in cls:
            if level.key == key:
                return level
        raise ValueError(f"There is no level called {key!r}")


class Tier(StrEnum):
    """The tiers in the order they are shown: three that support, and the managers who are accountable."""

    STRATEGIC = "strategic"
    TACTICAL = "tactical"
    OPERATIONAL = "operational"
    ACCOUNTABLE = "accountable"

    @property
    def supports(self) -> bool:
        """Whether this tier supports. The accountable managers are supported and decide themselves."""
        return self is not Tier.ACCOUNTABLE
