"""Verb forms from their base: regular English inflection with a table of irregular verbs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class VerbForms:
    """The five forms of an English verb."""

    base: str
    third: str
    past: str
    participle: str
    gerund: str


def read_irregular(lines: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Base -> (past, participle) from lines of three words."""
    table: dict[str, tuple[str, str]] = {}
    for line in lines:
        base, past, participle = line.split()
        table[base] = (past, participle)
    return table


def inflect(base: str, irregular: Mapping[str, tuple[str, str]]) -> VerbForms:
    """All forms of the verb `base`; a form in the irregular table also tells whether the last consonant doubles."""
    past, participle = irregular.get(base, (_past(base), _past(base)))
    doubles = past == base + base[-1] + "ed" or (base in irregular and _is_short(base))
    return VerbForms(base, _third(base), past, participle, _gerund(base, doubles))


def _third(base: str) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ies"
    return base + "s"


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ied"
    return base + "ed"


def _gerund(base: str, doubles: bool) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "ye", "oe")) and base != "be":
        return base[:-1] + "ing"
    return base + (base[-1] if doubles else "") + "ing"


def _is_short(base: str) -> bool:
    """Whether a verb ends in one vowel and one consonant ("put", "begin"), which doubles before -ing."""
    return (
        len(base) >= 3
        and base[-1] not in _VOWELS | set("wxy")
        and base[-2] in _VOWELS
        and base[-3] not in _VOWELS
        and not base.endswith(("en", "ear"))
    )
