"""A dossier: title, sources, actors and topics of one negotiation. Plain data; `config.loading` reads the file."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class SourceKind(StrEnum):
    """The channels a publisher can be read through."""

    FOLDER = "folder"
    FEED = "feed"
    PAGE = "page"


class SourceStatus(StrEnum):
    """How the last reading of a source ended."""

    OK = "ok"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    UNDATED = "undated"  # read well, but nothing new in it says when it was published
    PAUSED = "paused"
    SLOW = "slow"
    BLOCKED = "blocked"  # by the publisher
    GONE = "gone"
    INVALID = "invalid"  # not what it should be: no feed, no article, an address that may not be asked
    TOO_LARGE = "too large"
    FAILING = "failing"  # for any other reason: no connection, a fault on its side, no such folder

    @property
    def is_failing(self) -> bool:
        """Whether the source could not be read."""
        return self not in _WELL


_WELL = frozenset(
    {SourceStatus.OK, SourceStatus.UNCHANGED, SourceStatus.EMPTY, SourceStatus.UNDATED, SourceStatus.PAUSED}
)


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    STATE = "state"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher's channel (not the person who speaks)."""

    id: str
    kind: SourceKind
    location: str
    name: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, state or organisation of the negotiation.

    `aliases` are strings that resolve to it; `side` is the id of the state or organisation it speaks for, if any;
    `role` is the office in words ("foreign minister of Russia"), which lets a title resolve; `principal` says that
    this person's word overrules others who speak for the same side.
    """

    id: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    role: str | None = None
    side: str | None = None
    principal: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """An issue on the table. Stance is measured against `proposition`; a theme without one takes no stance."""

    id: str
    name: str
    keywords: tuple[str, ...]
    proposition: str | None = None


@dataclass(frozen=True, slots=True)
class TopicWords:
    """A topic's name and proposition in another language."""

    name: str
    proposition: str | None = None


@dataclass(frozen=True, slots=True)
class Translation:
    """The dossier's own words in another language, as far as they are given. Topics and actors by id.

    `names` are what actors can be asked for by; articles are read by names and aliases of the actors themselves alone.
    """

    title: str | None = None
    topics: Mapping[str, TopicWords] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


_UNTRANSLATED = Translation()


@dataclass(frozen=True, slots=True)
class Dossier:
    """One negotiation. `digest` changes with any change of the file."""

    id: str
    title: str
    language: str
    sources: tuple[Source, ...]
    actors: tuple[Actor, ...]
    topics: tuple[Topic, ...]
    digest: str
    translations: Mapping[str, Translation] = field(default_factory=dict)
    _index: "_Index" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", _index_of(self.actors, self.topics))

    def translation(self, language: str) -> Translation:
        """Its words in a language; empty ones where there are none."""
        return self.translations.get(language, _UNTRANSLATED)

    def names_of(self, actor: Actor) -> tuple[str, ...]:
        """Every name that an actor can be asked for by, in whatever language."""
        said = (name for words in self.translations.values() for name in words.names.get(actor.id, ()))
        return tuple(dict.fromkeys((actor.name, *actor.aliases, *said)))

    def actor(self, actor_id: str) -> Actor | None:
        """The actor with this id, if any."""
        return self._index.actors.get(actor_id)

    def topic(self, topic_id: str) -> Topic | None:
        """The topic with this id, if any."""
        return self._index.topics.get(topic_id)

    def voices(self, actor_id: str) -> frozenset[str]:
        """The ids of the actor and of those who speak for it; none for an id that nobody has."""
        return self._index.voices.get(actor_id, frozenset())


@dataclass(frozen=True, slots=True)
class _Index:
    """What is asked of a dossier for each of thousands of statements. Of two with one id the first counts."""

    actors: Mapping[str, Actor]
    topics: Mapping[str, Topic]
    voices: Mapping[str, frozenset[str]]


def _index_of(actors: tuple[Actor, ...], topics: tuple[Topic, ...]) -> _Index:
    voices: dict[str, set[str]] = defaultdict(set)
    for actor in actors:
        for one in (actor.id, actor.side):
            if one is not None:
                voices[one].add(actor.id)
    return _Index(
        {actor.id: actor for actor in reversed(actors)},
        {topic.id: topic for topic in reversed(topics)},
        {one: frozenset(ids) for one, ids in voices.items()},
    )
