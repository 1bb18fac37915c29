"""Names as people type them: resolved to ids, completed from memory."""

import difflib
import unicodedata
import zoneinfo
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from anyascii import anyascii

from bot.catalogues import LANGUAGES, current_language, mark, tr
from bot.dossier import Actor, Dossier
from bot.errors import NotFoundError
from bot.language.seeking import Tokens, tokens_of
from bot.positions.model import Holder
from bot.positions.namesakes import told_apart

_APOSTROPHES = {ord(sign): "'" for sign in "’‘ʼ`´"}
_COMPARED = 1000  # names, when none fits what was typed
MOST = 25  # Discord shows no more choices
_EDITION_KINDS = {
    "briefing": mark("briefing"),
    "positions": mark("positions"),
    "quotes": mark("quotes"),
    "timeline": mark("timeline"),
    "shifts": mark("shifts"),
    "comparison": mark("comparison"),
    "findings": mark("findings"),
    "answer": mark("answer"),
    "news": mark("news"),
}
_EDITIONS = 1000  # offered while typing; older ones can still be asked for


@dataclass(frozen=True, slots=True)
class Choice:
    """One completion: what is shown, and what is sent."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who may hold a position: a dossier actor (`actor_id`) or another name from the articles."""

    actor_id: str | None
    name: str


@dataclass(frozen=True, slots=True)
class _Entry:
    label: str
    value: str
    keys: tuple[str, ...]


def folded(name: str) -> str:
    """`name` as it is compared: no case, no accents, one apostrophe, no leading article, single spaces."""
    straight = name.translate(_APOSTROPHES)
    plain = "".join(c for c in unicodedata.normalize("NFKD", straight) if not unicodedata.combining(c))
    return " ".join(plain.casefold().replace(".", "").split()).removeprefix("the ")


def spellings(typed: str) -> tuple[str, ...]:
    """What was typed as it is compared; in another script also as Latin letters spell it, as names of articles are."""
    own = folded(typed)
    if own.isascii():
        return (own,)
    letters = "".join(c if c.isalnum() else " " for c in typed)  # of a picture only a description would be left
    latin = folded(anyascii(letters).replace("'", ""))
    return (own, latin) if latin else (own,)


class Names:
    """Every name that can be asked for. Kept in memory so that completion needs no database."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._actors = [
            _entry(told_apart(dossier, actor), actor.id, (actor.id, *dossier.names_of(actor)))
            for actor in dossier.actors
        ]
        self._topics = {language: _topics_in(dossier, language) for language in LANGUAGES}
        self._sources = [_entry(source.name, source.name, ()) for source in dossier.sources]
        self._own_sources: Mapping[int, Sequence[_Entry]] = {}
        self._others: list[_Entry] = []
        self._dossier_voices = _voices_by_name(dossier)
        self._spoken: Mapping[Tokens, Voice] = self._dossier_voices
        self._editions: dict[str, tuple[str, datetime]] = {}
        self._given: dict[str, frozenset[int]] = {}  # guilds by edition
        self._zones = [
            _entry(zone, zone, (zone.rpartition("/")[2],)) for zone in sorted(zoneinfo.available_timezones())
        ]

    def learn_speakers(self, speakers: Iterable[tuple[str | None, str, int]]) -> None:
        """Take the named speakers outside the dossier from (actor id, name, count) rows."""
        self._others = [_entry(name, name, ()) for actor_id, name, _ in speakers if actor_id is None]

        self._spoken = self._dossier_voices | {
            tokens: Voice(None, entry.label)
            for entry in self._others
            if (tokens := tuple(tokens_of(entry.label))) not in self._dossier_voices
        }

    def voice_named(self, tokens: Tokens) -> Voice | None:
        """Who has exactly this name or alias, by its tokens."""
        return self._spoken.get(tokens)

    def learn_own_sources(self, names: Mapping[int, Iterable[str]]) -> None:
        """Take the sources that were added, by guild; those of guild 0, the operator's, are everybody's."""
        self._own_sources = {guild: [_entry(name, name, ()) for name in known] for guild, known in names.items()}

    def learn_edition(self, edition_id: str, kind: str, made_at: datetime, guilds: Collection[int] = (0,)) -> None:
        """Take an edition given to these guilds (0: outside of servers) as the newest; the oldest is forgotten."""
        self._editions.pop(edition_id, None)
        self._given[edition_id] = self._given.get(edition_id, frozenset()) | frozenset(guilds)
        self._editions[edition_id] = kind, made_at
        while len(self._editions) > _EDITIONS:
            oldest = next(iter(self._editions))
            del self._editions[oldest], self._given[oldest]

    def editions(self, typed: str = "", guild_id: int | None = None) -> tuple[Choice, ...]:
        """Editions given to this guild, or outside of servers, that fit what is typed, by id or kind, newest first."""
        fitting = {0, guild_id or 0}
        known = self._editions.items()
        given = [_edition(id_, *facts) for id_, facts in known if not fitting.isdisjoint(self._given[id_])]
        return _complete(given[::-1], typed)

    def actors(self, typed: str = "") -> tuple[Choice, ...]:
        """Actors and other speakers whose name or alias fits what is typed."""
        return _complete([*self._actors, *self._others], typed)

    def dossier_actors(self, typed: str = "") -> tuple[Choice, ...]:
        """Actors of the dossier whose name or alias fits what is typed."""
        return _complete(self._actors, typed)

    def others(self, most: int) -> tuple[str, ...]:
        """The speakers outside the dossier who are heard most, so many of them."""
        return tuple(entry.value for entry in self._others[:most])

    def topics(self, typed: str = "") -> tuple[Choice, ...]:
        """Topics that fit what is typed."""
        return _complete(self._topics[current_language()], typed)

    def sources(self, typed: str = "", guild_id: int | None = None) -> tuple[Choice, ...]:
        """Sources this server sees that fit what is typed."""
        return _complete(self._sources_of(guild_id), typed)

    def zones(self, typed: str = "") -> tuple[Choice, ...]:
        """IANA time zones that fit what is typed, by zone or city."""
        return _complete(self._zones, typed)

    def find_topic(self, typed: str) -> str:
        """The id of the topic meant. Raises `NotFoundError` with suggestions."""
        return _find(self._topics[current_language()], "topic", typed).value

    def find_voice(self, typed: str) -> Voice:
        """The speaker meant. Raises `NotFoundError` with suggestions.

        A name that several actors have means none of them: whoever the articles name by it and nobody could tell
        apart, if there is such a speaker.
        """
        named = self._actors_named(typed)
        if len(named) == 1:
            return Voice(named[0].id, named[0].name)
        if named:
            untold = next((entry for entry in self._others if folded(typed) in entry.keys), None)
            if untold is None:
                raise self._shared_name(typed, named)
            return Voice(None, untold.label)
        entry = _find([*self._actors, *self._others], "actor", typed)
        actor = self._dossier.actor(entry.value)
        return Voice(actor.id, actor.name) if actor else Voice(None, entry.label)

    def find_actor(self, typed: str) -> str:
        """The id of the dossier's actor meant. Raises `NotFoundError` with suggestions, for other speakers too."""
        voice = self.find_voice(typed)
        if voice.actor_id is not None:
            return voice.actor_id
        if named := self._actors_named(typed):
            raise self._shared_name(typed, named)
        raise NotFoundError("actor of the dossier", voice.name)

    def _actors_named(self, typed: str) -> tuple[Actor, ...]:
        """Who has this name, or else this alias; the one whose id it is, if any of several."""
        want, actors = spellings(typed), self._dossier.actors
        named = [actor for actor in actors if folded(actor.name) in want]
        named = named or [one for one in actors if not set(want).isdisjoint(map(folded, self._dossier.names_of(one)))]
        return tuple(actor for actor in named if actor.id == typed) or tuple(named)

    def _shared_name(self, typed: str, named: Sequence[Actor]) -> NotFoundError:
        return NotFoundError("single actor", typed, [told_apart(self._dossier, actor) for actor in named[:5]])

    def find_source(self, typed: str, guild_id: int | None = None) -> str:
        """The name of the source meant, among those this server sees. Raises `NotFoundError` with suggestions."""
        return _find(self._sources_of(guild_id), "source", typed).value

    def _sources_of(self, guild_id: int | None) -> list[_Entry]:
        own = [] if guild_id in (None, 0) else self._own_sources.get(guild_id or 0, ())
        return [*self._sources, *self._own_sources.get(0, ()), *own]

    def holder(self, voice: Voice) -> Holder:
        """The speaker as answers name it."""
        actor = self._dossier.actor(voice.actor_id) if voice.actor_id else None
        return Holder(actor.id, actor.name, actor.role) if actor else Holder(None, voice.name)

    def actor_name(self, actor_id: str) -> str:
        """The actor's name, or the id itself where the dossier does not know it (any more)."""
        actor = self._dossier.actor(actor_id)
        return actor.name if actor else actor_id


def _voices_by_name(dossier: Dossier) -> dict[Tokens, Voice]:
    """Actors by what is the name of one alone; whose name it is comes before whose alias."""
    return _unshared([(name, actor) for actor in dossier.actors for name in dossier.names_of(actor)]) | _unshared(
        [(actor.name, actor) for actor in dossier.actors]
    )


def _unshared(names: Iterable[tuple[str, Actor]]) -> dict[Tokens, Voice]:
    found: dict[Tokens, set[Voice]] = {}
    for name, actor in names:
        found.setdefault(tuple(tokens_of(name)), set()).add(Voice(actor.id, actor.name))
    return {tokens: next(iter(voices)) for tokens, voices in found.items() if len(voices) == 1}


def _edition(edition_id: str, kind: str, made_at: datetime) -> _Entry:
    said = tr(_EDITION_KINDS[kind]) if kind in _EDITION_KINDS else kind
    label = f"{edition_id} ({said}, {made_at:%Y-%m-%d %H.%M} UTC)"
    return _Entry(label, edition_id, (folded(edition_id), folded(edition_id[2:]), kind, folded(said)))


def _topics_in(dossier: Dossier, language: str) -> list[_Entry]:
    """The topics, shown in a language and found in every one."""
    entries = []
    for topic in dossier.topics:
        said = dossier.translation(language).topics.get(topic.id)
        others = (words.topics[topic.id].name for words in dossier.translations.values() if topic.id in words.topics)
        entries.append(_entry(said.name if said else topic.name, topic.id, (topic.id, topic.name, *others)))
    return entries


def _entry(label: str, value: str, others: Sequence[str]) -> _Entry:
    return _Entry(label, value, tuple(dict.fromkeys(folded(key) for key in (label, *others))))


def _complete(entries: Sequence[_Entry], typed: str) -> tuple[Choice, ...]:
    """Those with a key that begins with what is typed first, then those with a later word that does."""
    wanted = spellings(typed)
    first: list[_Entry] = []
    later: list[_Entry] = []
    inner = tuple(f" {one}" for one in wanted)
    for entry in entries:
        if any(key.startswith(wanted) for key in entry.keys):
            first.append(entry)
            if len(first) == MOST:
                break
        elif len(later) < MOST and any(one in key for one in inner for key in entry.keys):
            later.append(entry)
    return tuple(Choice(entry.label, entry.value) for entry in (first + later)[:MOST])


def _find(entries: Sequence[_Entry], kind: str, typed: str) -> _Entry:
    wanted = spellings(typed)
    exact = next((entry for want in wanted for entry in entries if want in entry.keys), None)
    if exact is not None:
        return exact
    inner = tuple(f" {want}" for want in wanted if want)
    begun = [entry for entry in entries if any(want in f" {key}" for want in inner for key in entry.keys)]
    if len(begun) == 1:
        return begun[0]
    near = [entry.label for entry in begun] or _alike(entries, wanted)
    raise NotFoundError(kind, typed, near[:5])


def _alike(entries: Sequence[_Entry], wanted: Sequence[str]) -> list[str]:
    """Names that look like what was typed. Of very many only those heard most are compared, which takes 15 ms."""
    compared = entries[:_COMPARED]
    return [
        entry.label
        for entry in compared
        if any(difflib.get_close_matches(want, entry.keys, n=1, cutoff=0.6) for want in wanted)
    ]
