"""References that people can say over the telephone: a series, a year and a number ("UPP-2026-0042").

Pure writing and reading. Which series belongs to which kind of thing stands in the glossary; giving out the next number
is the database's work.
"""

import re
from dataclasses import dataclass

SERIES = re.compile(r"[A-ZÅÄÖ]{1,6}")
WRITTEN = re.compile(r"\s*(?P<series>[A-ZÅÄÖ]{1,6})[\s./–—-]*(?P<year>\d{4})[\s.:/–—-]+(?P<number>\d{1,9})\s*")


class NotAReference(ValueError):
    """The text is not a human reference."""


@dataclass(frozen=True, kw_only=True, order=True)
class Reference:
    """One record's human reference: a series of capital letters, a year and a number that starts at one each year."""

    series: str
    year: int
    number: int

    def __post_init__(self) -> None:
        if not SERIES.fullmatch(self.series):
            raise NotAReference(f"A series is one to six capital letters, not {self.series!r}")
        if not 1000 <= self.year <= 9999:
            raise NotAReference(f"A year has four digits, not {self.year}")
        if self.number < 1:
            raise NotAReference(f"Numbers start at one, not {self.number}")

    def __str__(self) -> str:
        """The reference as it is printed. The number has at least four digits and grows when it must."""
        return f"{self.series}-{self.year}-{self.number:04d}"

    @classmethod
    def parse(cls, text: str) -> "Reference":
        """The reference somebody wrote, however they wrote it: "upp 2026/42", "UPP–2026–0042"."""
        match = WRITTEN.fullmatch(text.upper())
        if match is None:
            raise NotAReference(f"{text!r} is not a reference such as UPP-2026-0042")
        return cls(series=match["series"], year=int(match["year"]), number=int(match["number"]))
