"""The dossier's actors, ready to be found by alias, surname, office or demonym."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.dossier import Actor, ActorKind, Dossier
from bot.language.names import Gender, NameBook

_NAMES_KEPT = 50_000  # the same names come back in article after article
_SPACE = re.compile(r"[\s.]+")
_LEADERS = ("president", "prime minister", "chancellor", "premier", "leader", "king")


@lru_cache(maxsize=_NAMES_KEPT)
def plain(name: str) -> str:
    """A name as it is compared: lower case, no stops, no article, single spaces."""
    text = _SPACE.sub(" ", name.lower().replace("’", "'")).strip()
    return text.removeprefix("the ")


@dataclass(frozen=True, slots=True)
class Office:
    """What an actor is by the dossier: the words of the office, its head noun, and for whom."""

    actor: Actor
    words: frozenset[str]
    head: str
    side: str | None


@dataclass(frozen=True, slots=True)
class Roster:
    """Actors by each way to name them."""

    by_alias: Mapping[str, Actor]
    by_surname: Mapping[str, tuple[Actor, ...]]
    offices: tuple[Office, ...]
    by_demonym: Mapping[str, Actor]
    genders: Mapping[str, Gender]
    office_words: frozenset[str]
    by_id: Mapping[str, Actor]

    def side_of(self, actor: Actor) -> Actor | None:
        """The state or body that `actor` is or speaks for, None for a person who speaks for none."""
        if actor.kind is not ActorKind.PERSON:
            return actor
        return self.by_id.get(actor.side) if actor.side else None

    def person(self, given: str, surname: str, gender: Gender = Gender.UNKNOWN) -> Actor | None:
        """The dossier's person of this surname, unless the given name is another's or two it may mean share it."""
        found = self.by_surname.get(surname, ())
        if given:
            found = tuple(actor for actor in found if any(_is_same_given(given, one) for one in _given_names(actor)))
        elif len(found) > 1 and gender is not Gender.UNKNOWN:  # "Mr." and "Ms." tell two of one surname apart
            known = tuple(actor for actor in found if self.genders[actor.id] is gender)
            found = known or tuple(actor for actor in found if self.genders[actor.id] is Gender.UNKNOWN)
        return found[0] if len(found) == 1 else None

    def holder_of(self, words: frozenset[str], head: str, side: str | None) -> Actor | None:
        """The one actor whose office has this head noun and all these words; "leader" means the first of a state."""
        if head == "leader":
            found = [o for o in self.offices if o.side == side and side and _leads(o)] if words == {head} else []
        else:
            found = [
                o for o in self.offices if o.head == head and words <= o.words and (side is None or o.side == side)
            ]
        if len(found) > 1:
            plainest = min(len(o.words) for o in found)
            found = [o for o in found if len(o.words) == plainest]
        return found[0].actor if len(found) == 1 else None


def _given_names(actor: Actor) -> list[str]:
    """All names before the surname in any of the actor's names."""
    return [word for name in (actor.name, *actor.aliases) for word in name.lower().split()[:-1]]


def _is_same_given(given: str, other: str) -> bool:
    """Whether two given names may be one: equal, an initial, or two spellings of it (Sergey, Sergei)."""
    first, second = given.replace(".", ""), other.replace(".", "")
    if min(len(first), len(second)) == 1:
        return first[0] == second[0]
    return first == second or (first[:4] == second[:4] and abs(len(first) - len(second)) <= 2)


def _gender(actor: Actor, names: NameBook) -> Gender:
    """By the given name, else by the words of the office ("spokeswoman")."""
    words = [actor.name.lower().split()[0], *re.findall(r"\w+", (actor.role or "").lower())]
    told = (names.given.get(words[0], Gender.UNKNOWN), *(names.person_nouns.get(word) for word in words[1:]))
    return next((gender for gender in told if gender in (Gender.MALE, Gender.FEMALE)), Gender.UNKNOWN)


def _leads(office: Office) -> bool:
    return office.head in _LEADERS and "vice" not in office.words and "deputy" not in office.words


def compile_roster(dossier: Dossier, names: NameBook) -> Roster:
    """Index the dossier's actors. An alias of two actors resolves to neither."""
    by_alias: dict[str, Actor] = {}
    clashes: set[str] = set()
    for actor in dossier.actors:
        for alias in (actor.name, *actor.aliases):
            if by_alias.setdefault(plain(alias), actor) is not actor:
                clashes.add(plain(alias))
    for alias in clashes:
        del by_alias[alias]
    people = [actor for actor in dossier.actors if actor.kind is ActorKind.PERSON]
    offices = tuple(office for actor in people if (office := _office(actor)))
    return Roster(
        by_alias,
        _surnames(people),
        offices,
        _demonyms(by_alias, names),
        {actor.id: _gender(actor, names) for actor in people},
        frozenset(word for office in offices for word in office.words),
        {actor.id: actor for actor in dossier.actors},
    )


def _surnames(people: list[Actor]) -> dict[str, tuple[Actor, ...]]:
    surnames: dict[str, list[Actor]] = {}
    for actor in people:
        for name in (actor.name, *actor.aliases):
            listed = surnames.setdefault(plain(name).split()[-1], [])
            if actor not in listed:
                listed.append(actor)
    return {surname: tuple(actors) for surname, actors in surnames.items()}


def _office(actor: Actor) -> Office | None:
    if not actor.role:
        return None
    title = re.split(r"\s+(?:of|for|in|at|to)\s+(?:the\s+)?(?=[A-Z])", actor.role.strip(), maxsplit=1)[0].lower()
    words = frozenset(re.findall(r"\w+", title)) - {"of", "the"}
    head = title.split(" of ")[0].split()[-1]
    return Office(actor, words, head, actor.side)


def _demonyms(by_alias: Mapping[str, Actor], names: NameBook) -> dict[str, Actor]:
    return {form: by_alias[country.lower()] for form, country in names.demonyms.items() if country.lower() in by_alias}
