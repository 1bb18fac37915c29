"""What a question asks: of whom, on which topic, in which words, since when. Understood by names and lists alone."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.articles.dates import parse_published
from bot.briefings.model import Window, WindowReason
from bot.briefings.window import parse_since
from bot.dossier import Dossier, Topic
from bot.errors import InvalidInputError
from bot.language.forms import WordForms
from bot.language.lexicon import Lexicon
from bot.language.seeking import Group, Term, Tokens, tokens_of
from bot.language.spans import Span
from bot.positions.model import Holder
from bot.positions.phrases import Tokenizer
from bot.positions.topics import TopicFinder

_WORD = re.compile(r"[^\W_]+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2} [^\W\d_]+ \d{4}|[^\W\d_]+ \d{1,2},? \d{4}")
_MOST_NAME = 6  # words of a name
_MOST_WORDS = 8  # looked for besides names and topic
_MOST_TERMS = 12  # names of one actor, or keywords of one topic
_SHORT = 3  # letters of a name that must be in capitals, or "us" would be a country

FindName = Callable[[Tokens], Holder | None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing looked for: the words that fit, and how it is shown. `is_topic` where the topic itself fits as well."""

    group: Group
    shown: str
    is_topic: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood. Statements of `holders` are asked for; without any, sentences of anybody."""

    holders: tuple[Holder, ...]
    topic_id: str | None
    wanted: tuple[Wanted, ...]
    window: Window


@dataclass(frozen=True, slots=True)
class _Word:
    token: str
    surface: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Mention:
    first: int
    last: int  # after it
    holder: Holder


class QuestionReader:
    """Reads questions. Built once; pure."""

    def __init__(self, lexicon: Lexicon, dossier: Dossier) -> None:
        asking = lexicon.section("asking")
        self._forms = WordForms(lexicon)
        self._dossier = dossier
        self._language = lexicon.language
        self._tokenizer = Tokenizer(lexicon)
        self._topics = TopicFinder(dossier.topics, self._tokenizer)
        self._stop_words = frozenset(lexicon.strings("briefing", "stop_words"))
        self._about = frozenset(lexicon.strings("asking", "about"))
        self._who = frozenset(lexicon.strings("asking", "who"))
        self._auxiliaries = frozenset(lexicon.strings("asking", "auxiliaries"))
        self._joins = frozenset(lexicon.strings("asking", "joins"))
        self._says = self._all_forms(lexicon.strings("asking", "says"))
        self._acts = self._all_forms(lexicon.strings("asking", "acts"))
        self._fillers = frozenset(lexicon.strings("asking", "fillers")) | self._stop_words | self._says | self._joins
        self._spans: Mapping[str, str] = asking["spans"]
        self._days: Mapping[str, Sequence[str]] = asking["days"]

    @property
    def stop_words(self) -> frozenset[str]:
        """Words that carry no meaning."""
        return self._stop_words

    def forms_of(self, word: str) -> frozenset[str]:
        """The other forms of a word, and itself."""
        return self._forms.of(word)

    def topic_group(self, topic_id: str) -> Group:
        """The words by which sentences on a topic are found."""
        topic = self._dossier.topic(topic_id)
        return tuple(self._terms(topic)) if topic else ()

    def read(self, question: str, find_name: FindName, now: datetime) -> Question:
        """The question, asked at `now`. `find_name` knows everybody by the tokens of a name."""
        window, rest = self._window(question, now)
        words = [_Word("".join(tokens_of(m[0])), m[0], Span(*m.span())) for m in _WORD.finditer(rest)]
        mentions = list(_mentions(words, find_name, self._stop_words))
        holders = self._holders(words, mentions)
        used = {index for one in holders for index in range(one.first, one.last)}
        topic_id, on_topic = self._topic(rest, words, used)
        wanted = [self._on_topic(topic_id, words, on_topic)] if topic_id else []
        used |= on_topic
        for one in mentions:
            if one not in holders and not used & set(range(one.first, one.last)):
                wanted.append(Wanted(self._names(one.holder), one.holder.name))
                used |= set(range(one.first, one.last))
        plain = [word.token for index, word in enumerate(words) if index not in used and word.token]
        telling = [word for word in dict.fromkeys(plain) if word not in self._fillers]
        wanted += [Wanted((Term((word,), self._forms.of(word) - {word}),), word) for word in telling[:_MOST_WORDS]]
        return Question(tuple(dict.fromkeys(one.holder for one in holders)), topic_id, tuple(wanted), window)

    def _holders(self, words: Sequence[_Word], mentions: Sequence[_Mention]) -> list[_Mention]:
        """Whose words are asked for, if any: the first that is named as such, and who is joined to it."""
        if not any(word.token in self._says or word.token in self._acts for word in words):
            return []
        found: list[_Mention] = []
        for one in mentions:
            before = words[one.first - 1].token if one.first else ""
            if found:
                if before in self._joins and found[-1].last == one.first - 1:
                    found.append(one)
            elif before not in self._about and (words[0].token not in self._who or before in self._auxiliaries):
                found.append(one)
        return found

    def _topic(self, text: str, words: Sequence[_Word], used: set[int]) -> tuple[str | None, set[int]]:
        """The topic named, and the words that name it."""
        tokens = self._tokenizer.tokens(text, Span(0, len(text)))
        hits = self._topics.find(tokens)
        places: dict[str, set[int]] = {}
        for hit in hits:
            spans = [Span(tokens[first].start, tokens[last - 1].end) for first, last in hit.parts]
            named = {i for i, word in enumerate(words) if any(span.overlaps(word.span) for span in spans)}
            if not named & used:
                places.setdefault(hit.value.topic_id, set()).update(named)
        for topic in self._dossier.topics:
            wanted = tokens_of(topic.name)
            for start in range(len(words) - len(wanted) + 1):
                if [word.token for word in words[start : start + len(wanted)]] == wanted:
                    places.setdefault(topic.id, set()).update(range(start, start + len(wanted)))
        for topic_id in (*self._topics.rank(hits), *places):
            if topic_id in places:
                return topic_id, places[topic_id]
        return None, set()

    def _on_topic(self, topic_id: str, words: Sequence[_Word], on_topic: set[int]) -> Wanted:
        """The topic as it was named, or as its keywords name it."""
        named = tuple(words[index].token for index in sorted(on_topic))
        first = Term(named, self._forms.of(named[0]) - {named[0]} if len(named) == 1 else frozenset())
        topic = self._dossier.topic(topic_id)
        return Wanted((first, *self.topic_group(topic_id))[:_MOST_TERMS], topic.name if topic else topic_id, True)

    def _terms(self, topic: Topic) -> Iterator[Term]:
        """The keywords that are words in a row."""
        for keyword in topic.keywords[: 3 * _MOST_TERMS]:
            plain = keyword.lstrip("-~").strip()
            words = tuple(tokens_of(plain))
            if words and not re.search(r"\.\.|\+|=|\*.*\w", plain):
                begins = plain.endswith("*") and len(words) == 1
                yield Term(words, frozenset() if begins or len(words) > 1 else self._forms.of(words[0]), begins)

    def _names(self, holder: Holder) -> Group:
        actor = self._dossier.actor(holder.actor_id) if holder.actor_id else None
        names = (actor.name, *actor.aliases) if actor else (holder.name,)
        return tuple(dict.fromkeys(Term(words) for name in names if (words := tuple(tokens_of(name)))))[:_MOST_TERMS]

    def _window(self, question: str, now: datetime) -> tuple[Window, str]:
        """When it should have been published, and the question without the words that say so."""
        everything = Window(None, None, WindowReason.EVERYTHING, "all")
        date = _DATE.search(question)
        published = parse_published(date[0], language=self._language, not_after=now) if date else None
        if date and published:
            before = question[: date.start()].rstrip()
            since = any(before.casefold().endswith(f" {word}") for word in self._days["since"])
            end = now if since else published.at + timedelta(days=1)
            window = Window(published.at, end, WindowReason.ASKED, date[0])
            return window, f"{question[: date.start()]} {question[date.end() :]}"
        plain = f" {' '.join(question.casefold().split())} "
        for words, since_text in self._spans.items():
            if re.search(rf"\W{re.escape(words)}\W", plain):
                try:
                    return parse_since(since_text, now), re.sub(re.escape(words), " ", question, flags=re.IGNORECASE)
                except InvalidInputError:
                    break
        return everything, question

    def _all_forms(self, words: Sequence[str]) -> frozenset[str]:
        return frozenset(form for word in words for form in self._forms.of(word))


def _mentions(words: Sequence[_Word], find_name: FindName, stop_words: frozenset[str]) -> Iterator[_Mention]:
    """Everybody named, the longest name first, from left to right."""
    has_capitals = any(word.surface[:1].isupper() for word in words[1:])
    at = 0
    while at < len(words):
        for length in range(min(_MOST_NAME, len(words) - at), 0, -1):
            named = words[at : at + length]
            holder = find_name(tuple(word.token for word in named))
            if holder and (length > 1 or _is_name(named[0], has_capitals, stop_words)):
                yield _Mention(at, at + length, holder)
                at += length - 1
                break
        at += 1


def _is_name(word: _Word, has_capitals: bool, stop_words: frozenset[str]) -> bool:
    """Whether one word is meant as a name: as it is written, or where nobody writes capitals as no common word."""
    if not has_capitals and not word.surface[:1].isupper():
        return word.token not in stop_words
    return word.surface.isupper() if len(word.surface) <= _SHORT else word.surface[:1].isupper()
