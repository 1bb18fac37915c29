"""Whom a pronoun or a bare description means: the most salient figure before it.

Salience adds up what English shows on the page, in the way of Lappin and Leass (1994): nearness, subjecthood, opening
the sentence, having spoken last; possessives and objects weigh less. Every constant is a judgement, none is trained.
"""

from bisect import bisect_left
from operator import attrgetter
from typing import NamedTuple

from bot.dossier import Actor
from bot.language.names import Gender
from bot.language.tokens import Tokens
from bot.positions.cast import Figure, Mention

_WINDOW = 60  # mentions looked back
_FAR = 12  # sentences beyond which a name is forgotten
_SAID_FAR = 6  # sentences beyond which a resolved pronoun is forgotten
_DECAY = 0.72  # a sentence
_SAID = 3.2  # weight of a figure that a pronoun or speaker already meant
_EMBEDDED = 0.8  # less for the subject of a that- or whether-clause
_CHAIN = 0.5  # for whom a pronoun or speaker of the sentence before meant, in one paragraph
_HERE = 0.4  # for a name in the pronoun's own paragraph
_LAST_SPEAKER = 0.5
_NEW = 0.3  # less for somebody without a name whose gender nothing tells
_COUNT, _COUNT_LIMIT = 0.02, 20
_MAIN = 0.05  # weight of each mention for a bare description ("the president")


class Guess(NamedTuple):
    """The figure most likely meant and how far ahead it is of the next, in (0, 1]."""

    figure: Figure
    margin: float
    rival: Figure | None = None
    has_new_rival: bool = False  # the next is somebody without a name, or surely of the gender the first may not have


class Salience:
    """Weighs the figures of one article at any token; remembers who spoke."""

    def __init__(
        self,
        tokens: Tokens,
        named: list[Mention],
        unnamed: list[Mention],
        sentence_starts: list[int],
        paragraph_starts: list[int],
    ) -> None:
        """`named` and `unnamed` are who is mentioned with and without a name, each in order."""
        self._tokens = tokens
        self._mentions = named
        self._firsts = [mention.first for mention in named]
        self._people = sorted([*named, *unnamed], key=attrgetter("first"))
        self._people_firsts = [mention.first for mention in self._people]
        self._starts = sentence_starts
        self._paragraphs = paragraph_starts
        self._said: dict[int, Figure] = {}
        self._heads: set[int] = set()
        self._last_speaker: Figure | None = None

    def remember(self, at: int, figure: Figure, head: int) -> None:
        """Take note that the words from token `at` to their noun at `head` meant `figure`, who speaks."""
        self.note(at, figure, head)
        self._last_speaker = figure

    def note(self, at: int, figure: Figure, head: int) -> None:
        """Take note that the words from token `at` to their noun at `head` meant `figure`, who need not speak."""
        self._said[at] = figure
        self._heads.add(head)

    def mention_in(self, first: int, last: int) -> Mention | None:
        """The last mention that lies within the tokens `[first, last)`."""
        at = bisect_left(self._firsts, last) - 1
        while at >= 0 and self._mentions[at].first >= first:
            if self._mentions[at].last <= last:
                return self._mentions[at]
            at -= 1
        return None

    def person(self, at: int, gender: Gender, avoid: tuple[int, int] | None) -> Guess | None:
        """The person a pronoun at token `at` means."""
        here, paragraph = self._sentence_of(at), self._paragraph_of(at)
        scores: dict[str, float] = {}
        figures: dict[str, Figure] = {}
        for mention in _last(self._people, self._people_firsts, at, avoid):
            distance = here - self._sentence_of(mention.first)
            if distance > _FAR:
                break
            figure = mention.figure
            if figure.is_unnamed and mention.last - 1 in self._heads:
                continue  # by now it is known who that is
            if _may_be(figure, gender):
                figures[figure.key] = figure
                weight = self._weigh(mention, distance) - _doubt(figure, distance)
                weight += _HERE * (mention.first >= paragraph)
                scores[figure.key] = max(scores.get(figure.key, 0.0), weight)
        for token, figure in self._said.items():
            distance = here - self._sentence_of(token)
            if token < at and distance <= _SAID_FAR and _may_be(figure, gender):
                figures[figure.key] = figure
                weight = _SAID * _DECAY**distance + _CHAIN * (distance <= 1 and token >= paragraph)
                scores[figure.key] = max(scores.get(figure.key, 0.0), weight)
        for key, figure in figures.items():
            scores[key] += _LAST_SPEAKER * (figure is self._last_speaker) + _COUNT * min(figure.count, _COUNT_LIMIT)
        guess = _best(scores, figures)
        return None if guess is None else guess._replace(has_new_rival=self._has_new_rival(guess))

    def _has_new_rival(self, guess: Guess) -> bool:
        figure, rival = guess.figure, guess.rival
        if rival is None or figure.is_unnamed:
            return False
        is_doubtful = figure.gender is Gender.UNKNOWN and figure is not self._last_speaker
        return rival.is_unnamed or (is_doubtful and rival.gender is not Gender.UNKNOWN)

    def described(self, at: int, noun: str, side: Actor | None, avoid: tuple[int, int] | None) -> Guess | None:
        """The person before token `at` whom the article calls by `noun`."""
        here = self._sentence_of(at)
        scores: dict[str, float] = {}
        figures: dict[str, Figure] = {}
        for mention in self._before(at, avoid):
            figure = mention.figure
            if figure.is_person and noun in figure.nouns and _is_of_side(figure, side):
                weight = self._weigh(mention, here - self._sentence_of(mention.first))
                figures[figure.key] = figure
                scores[figure.key] = max(scores.get(figure.key, 0.0), weight)
        for key, figure in figures.items():
            scores[key] += _LAST_SPEAKER * (figure is self._last_speaker) + _MAIN * figure.count
        return _best(scores, figures)

    def body(self, at: int, avoid: tuple[int, int] | None) -> Figure | None:
        """Whom "they" or "it" means: a body that opens this sentence or the one before."""
        here = self._sentence_of(at)
        for mention in self._before(at, avoid):
            sentence = self._sentence_of(mention.first)
            if here - sentence > 1:
                return None
            is_adjective = self._tokens.tags[mention.last : mention.last + 1] == "n"  # "European governments"
            if is_adjective:
                continue
            if not mention.figure.is_person and mention.first - self._starts[sentence - 1] <= 2:
                return mention.figure
        return None

    def _sentence_of(self, at: int) -> int:
        return bisect_left(self._starts, at + 1)

    def _paragraph_of(self, at: int) -> int:
        """The first token of the paragraph of token `at`."""
        return self._paragraphs[max(bisect_left(self._paragraphs, at + 1) - 1, 0)]

    def _before(self, at: int, avoid: tuple[int, int] | None) -> list[Mention]:
        """Mentions before token `at`, the nearest first, without those in `avoid`."""
        return _last(self._mentions, self._firsts, at, avoid)

    def _weigh(self, mention: Mention, distance: int) -> float:
        tags = self._tokens.tags
        start = self._starts[max(self._sentence_of(mention.first) - 1, 0)]
        first, last = self._with_conjuncts(mention, start)
        after = tags[last : last + 1] or "."
        before = tags[first - 1] if first > start else " "
        weight = 2.0
        weight += 1.0 * (after in "VZvyxedmXa,h" and before not in "pftb")
        weight += 0.6 * (first - start <= 3)
        weight -= 0.6 * (after == "s")
        weight -= _EMBEDDED * (before in "wqi")
        weight -= 0.5 * (before in "pf") + 0.3 * (before in "VZvl")
        return float(max(weight, 0.1) * _DECAY**distance)

    def _with_conjuncts(self, mention: Mention, start: int) -> tuple[int, int]:
        """Tokens of a name with the names that an "and" joins to it: they stand in one place and weigh alike."""
        tags, first, last = self._tokens.tags, mention.first, mention.last
        if tags[last : last + 2] == "cN":
            last += 1
            while tags[last : last + 1] == "N":
                last += 1
        if first - 2 >= start and tags[first - 2 : first] == "Nc":
            first -= 1
            while first > start and tags[first - 1] == "N":
                first -= 1
        return first, last


def _last(mentions: list[Mention], firsts: list[int], at: int, avoid: tuple[int, int] | None) -> list[Mention]:
    end = bisect_left(firsts, at)
    found = mentions[max(0, end - _WINDOW) : end]
    if avoid is not None:
        found = [mention for mention in found if not avoid[0] <= mention.first < avoid[1]]
    return found[::-1]


def _may_be(figure: Figure, gender: Gender) -> bool:
    return figure.is_person and figure.gender in (gender, Gender.UNKNOWN)


def _doubt(figure: Figure, distance: int) -> float:
    """What a figure of unknown gender loses, more if it may be no person at all."""
    if figure.gender is not Gender.UNKNOWN:
        return 0.0
    if figure.is_unnamed:
        return float(_NEW * _DECAY**distance)
    return float((0.8 if figure.is_sure_person else 1.4) * _DECAY**distance)


def _is_of_side(figure: Figure, side: Actor | None) -> bool:
    return side is None or figure.actor is None or figure.actor.side in (None, side.id)


def _best(scores: dict[str, float], figures: dict[str, Figure]) -> Guess | None:
    if not scores:
        return None
    best, *others = sorted(scores, key=lambda key: -scores[key])
    rival = scores[others[0]] if others else 0.0
    total = scores[best] + rival
    return Guess(figures[best], scores[best] / total if total > 0 else 0.0, figures[others[0]] if others else None)
