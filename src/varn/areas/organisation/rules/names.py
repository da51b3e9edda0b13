"""Recognising a unit, an office or a person by the name that somebody wrote."""

import re
from collections.abc import Iterable

from varn.kernel.ordering import swedish_sort_key

COMPANY_WORDS = {"ab", "aktiebolag", "aktiebolaget", "publ"}
ENDINGS = ("arna", "erna", "orna", "en", "et", "an", "n", "t")
SHORTEST_STEM = 4


def name_key(name: str) -> str:
    """The name as it is compared: small letters, single spaces, no signs, no words for the form of a company."""
    words = re.findall(r"[\w&]+", name.casefold())
    kept = [word for word in words if word not in COMPANY_WORDS]
    return " ".join(kept or words)


def name_keys(name: str) -> tuple[str, ...]:
    """The keys that the name may stand for, the nearest first: as written, without genitive, without definite form."""
    key = name_key(name)
    plain = _without_genitive(key)
    return tuple(dict.fromkeys([key, plain, _indefinite(key), _indefinite(plain)]))


def is_same_name(one: str, other: str) -> bool:
    """Whether two names may stand for the same thing ("socialnämndens" and "Socialnämnden")."""
    return bool(set(name_keys(one)) & set(name_keys(other)))


def stem_of(name: str) -> str:
    """A piece of the longest word that every form of the name contains, for a first coarse search."""
    longest = max(name_key(name).split(), key=len, default="")
    return longest[: max(SHORTEST_STEM, len(longest) - 4)]


def person_key(name: str) -> str:
    """A person's name as it is compared: "Ek, Bo (S)" and "Bo Ek" are the same."""
    bare = re.sub(r"\([^)]*\)", " ", name)
    last, comma, first = bare.partition(",")
    return name_key(f"{first} {last}" if comma else bare)


def person_sort_name(name: str) -> str:
    """The key that sorts people under their last name."""
    first, _, last = name.strip().rpartition(" ")
    return swedish_sort_key(f"{last} {first}")


def _without_genitive(key: str) -> str:
    return key[:-1] if key.endswith("s") and len(key) > SHORTEST_STEM else key


def _indefinite(key: str) -> str:
    for ending in ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= SHORTEST_STEM:
            return key.removesuffix(ending)
    return key


def names_of(things: Iterable[object]) -> str:
    """The names of several things as one text, in the order of the alphabet."""
    return ", ".join(sorted(str(thing) for thing in things))
