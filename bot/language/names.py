"""What names tell: honorifics, given names and their gender, nouns for persons and bodies, pronouns, demonyms."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bot.language.lexicon import Lexicon

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


class Gender(StrEnum):
    """Grammatical gender as English pronouns show it."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


class PersonName(NamedTuple):
    """A person's name as it stands; `given` may be empty, `gender` comes from honorific or given name."""

    given: str
    surname: str
    full: str
    gender: Gender
    titles: tuple[str, ...]
    is_known_given: bool


@dataclass(frozen=True, slots=True)
class NameBook:
    """The section `names`, compiled to look-ups in lower case without stops."""

    honorifics: Mapping[str, Gender]
    given: Mapping[str, Gender]
    person_nouns: Mapping[str, Gender]
    groups: frozenset[str]
    of_state: frozenset[str]
    not_of_state: frozenset[str]
    portfolios: frozenset[str]
    governing: frozenset[str]
    short_forms: frozenset[str]
    anonymous: frozenset[str]
    documents: frozenset[str]
    agent_endings: tuple[str, ...]
    indefinite: frozenset[str]
    single: frozenset[str]
    epithets: frozenset[str]
    pronouns: Mapping[str, str]
    demonyms: Mapping[str, str]
    not_names: frozenset[str]
    askers: frozenset[str]

    def read_name(self, words: list[str]) -> PersonName | None:
        """Split capitalised words into titles, given names and surname; None where nothing but titles is left."""
        plain = [_plain(word) for word in words]
        first = 0
        for at, word in enumerate(plain):  # the name begins after the last title or at the first given name
            if word in self.given and at + 1 < len(plain) and (at == 0 or plain[at - 1] not in self.given):
                first = at
                break
            if word in self.honorifics or ("-" in word and all(part in self.honorifics for part in word.split("-"))):
                first = at + 1
        end = len(words)
        while end > first and plain[end - 1] in _SUFFIXES:
            end -= 1
        name = words[first:end]
        if not name:
            return None
        titles = tuple(word for word in plain[:first] if word in self.honorifics)
        given = plain[first] if len(name) > 1 else ""
        return PersonName(
            given,
            _plain(name[-1]),
            " ".join(words[first:]),
            self._gender(plain[:first], given),
            titles,
            given in self.given,
        )

    def _gender(self, before: list[str], given: str) -> Gender:
        for word in before:
            if self.honorifics.get(word, Gender.UNKNOWN) is not Gender.UNKNOWN:
                return self.honorifics[word]
            if self.person_nouns.get(word, Gender.UNKNOWN) is not Gender.UNKNOWN:
                return self.person_nouns[word]
        return self.given.get(given, Gender.UNKNOWN)


def _plain(word: str) -> str:
    return word.lower().replace(".", "").replace("’", "'").lstrip("@")


def compile_names(lexicon: Lexicon) -> NameBook:
    """Read the section `names`."""
    section = lexicon.section("names")
    nouns = {word: gender for gender, word in _gendered(section["person_nouns"])}
    plurals = {plural(word): gender for word, gender in nouns.items()}
    return NameBook(
        honorifics={word: gender for gender, word in _gendered(section["honorifics"])},
        given={word: gender for gender, word in _gendered(section["given_names"])},
        person_nouns={**plurals, **nouns},
        groups=frozenset(section["bodies"]["groups"]),
        of_state=frozenset(section["bodies"]["of_state"]),
        not_of_state=frozenset(section["bodies"]["not_of_state"]),
        portfolios=frozenset(section["bodies"]["portfolios"]),
        governing=frozenset(section["bodies"]["governing"]),
        short_forms=frozenset(section["bodies"]["short_forms"]),
        agent_endings=tuple(section["bodies"]["agent_endings"]),
        indefinite=frozenset(section["bodies"]["indefinite"]),
        single=frozenset(section["bodies"]["single"]),
        epithets=frozenset(section["bodies"]["epithets"]),
        documents=frozenset(section["bodies"]["documents"]),
        anonymous=frozenset(section["bodies"]["anonymous"]),
        pronouns={word: kind for kind, words in section["pronouns"].items() for word in words},
        demonyms={form.lower(): country for country, forms in section["demonyms"].items() for form in forms},
        not_names=frozenset(section["not_names"]["words"]),
        askers=frozenset(section["askers"]["words"]),
    )


def _gendered(section: Mapping[str, list[str]]) -> list[tuple[Gender, str]]:
    genders = {"male": Gender.MALE, "female": Gender.FEMALE}
    return [(genders.get(kind, Gender.UNKNOWN), word) for kind, words in section.items() for word in words]


def plural(noun: str) -> str:
    """The plural of a noun for a person."""
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")
