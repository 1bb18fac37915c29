"""An editor: what composing needs to know of a language and a dossier, compiled once and used for every briefing."""

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.briefings.candidates import CandidateFinder
from bot.briefings.passages import Vocabulary, vocabulary
from bot.briefings.ranking import AttacheRanker, Ranker
from bot.briefings.standing import StandingRules
from bot.briefings.watch import WatchRules
from bot.dossier import Actor, ActorKind, Dossier
from bot.language.lexicon import Lexicon
from bot.language.words import words
from bot.positions.phrases import Tokenizer
from bot.positions.topics import TopicFinder

_FIGURE = re.compile(r"(?:\b[A-Z]\w*\s)?(?<![\w-])(?P<number>\d[\d,.]*)(?![\w-])(?!\))")
_DIGIT = re.compile(r"\d")
_A_YEAR = re.compile(r"(?:19|20)\d\d")


_REMEMBERED = 8_192  # sentences, some 5 MB: those of the last few windows


@dataclass(frozen=True, slots=True)
class SentenceRead:
    """What an editor sees in a sentence by itself: `words` as rankers compare them, `length` as people count them.

    `outright` are those of the topics that it names, and does not only touch.
    """

    words: tuple[str, ...]
    length: int
    topics: tuple[str, ...]
    outright: frozenset[str]
    mentioned: tuple[str, ...]
    figures: tuple[str, ...]
    is_grave: bool
    is_surmise: bool


class Editor:
    """Knows topics, actors, and which sentences can be quoted alone. Thread-safe.

    It answers the same to the same sentence always, and remembers its last answers.
    """

    def __init__(self, dossier: Dossier, lexicon: Lexicon) -> None:
        self.dossier = dossier
        self.vocabulary: Vocabulary = vocabulary(lexicon)
        self.ranker: Ranker = AttacheRanker(self.vocabulary)
        persons = [actor for actor in dossier.actors if actor.kind is ActorKind.PERSON]
        others = [actor for actor in dossier.actors if actor.kind is not ActorKind.PERSON]
        rules = StandingRules(lexicon, _all_names(persons), _all_names(others))
        self.finder = CandidateFinder(rules, {actor.id: _names(actor) for actor in persons})
        self.watching = WatchRules(lexicon)
        self._parties = {actor.id for actor in dossier.actors if actor.side or actor.kind is not ActorKind.PERSON}
        self._topics = TopicFinder(dossier.topics, Tokenizer(lexicon))
        self._mentions = _Mentions(dossier.actors)
        self._grave = _any_word(lexicon.strings("briefing", "grave_words"))
        surmises = "|".join(lexicon.strings("briefing", "surmise_patterns"))
        self._surmise = re.compile(surmises, re.IGNORECASE)

        self.read = lru_cache(maxsize=_REMEMBERED)(self._read)

    def _read(self, text: str) -> SentenceRead:
        topics, outright = self._topics.read(text)
        return SentenceRead(
            words=tuple(sys.intern(word) for word in words(text)),
            length=len(text.split()),
            topics=topics,
            outright=outright,
            mentioned=self.mentioned(text),
            figures=self.figures(text),
            is_grave=self.is_grave(text),
            is_surmise=self.is_surmise(text),
        )

    def topics_of(self, text: str) -> tuple[str, ...]:
        """Topic ids of one sentence, best first."""
        return self._topics.topics_of(text)

    def is_theme(self, topic_id: str) -> bool:
        """Whether nobody can be for or against this topic."""
        return self._topics.is_theme(topic_id)

    def is_party(self, actor_id: str | None) -> bool:
        """Whether the actor is, or speaks for, a state or organisation of the dossier."""
        return actor_id in self._parties

    def mentioned(self, text: str) -> tuple[str, ...]:
        """Ids of the dossier's actors named in `text`, each once, in order."""
        return self._mentions.find(text)

    def is_grave(self, text: str) -> bool:
        """Whether it tells of people killed or hurt."""
        return self._grave.search(text) is not None

    def is_surmise(self, text: str) -> bool:
        """Whether it tells what may or should be rather than what is."""
        return self._surmise.search(text) is not None

    @staticmethod
    def figures(text: str) -> tuple[str, ...]:
        """Numbers that tell something: not years, and not parts of names and dates ("Article 5", "August 15", "1)")."""
        if _DIGIT.search(text) is None:
            return ()
        found = [match for match in _FIGURE.finditer(text) if match.start() == match.start("number")]
        numbers = [match["number"].strip(".,") for match in found]
        return tuple(number for number in numbers if not _A_YEAR.fullmatch(number))


class _Mentions:
    """All names of all actors in one pattern, longer names first."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        owner: dict[str, str] = {}
        for actor in actors:
            for name in _names(actor):
                owner.setdefault(name, actor.id)
        self._owner: Mapping[str, str] = owner
        alternatives = "|".join(re.escape(name) for name in sorted(owner, key=lambda name: (-len(name), name)))
        self._pattern = re.compile(rf"(?<![\w-]){_first_of(owner)}(?:{alternatives})(?![\w-])") if owner else None

    def find(self, text: str) -> tuple[str, ...]:
        if self._pattern is None:
            return ()
        return tuple(dict.fromkeys(self._owner[found] for found in self._pattern.findall(text)))


def _any_word(words: Iterable[str]) -> re.Pattern[str]:
    known = list(words)
    return re.compile(rf"\b{_first_of(known)}(?:{'|'.join(map(re.escape, known))})\b", re.IGNORECASE)


def _first_of(words: Iterable[str]) -> str:
    """What looks ahead for the first sign of any of these: most words of a text are none of them (half the time)."""
    return f"(?=[{''.join(sorted({re.escape(word[0]) for word in words}))}])"


def _names(actor: Actor) -> tuple[str, ...]:
    return (actor.name, *actor.aliases)


def _all_names(actors: Iterable[Actor]) -> tuple[str, ...]:
    return tuple(name for actor in actors for name in _names(actor))
