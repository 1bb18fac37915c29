"""Which side a dossier's plain keywords take, read off the topic's proposition.

A dossier may mark its keywords itself (see `bot.positions.topics`); such topics are left as they are. For the others:

- the proposition gives something up or makes it less ("Norland gives up islands", "tariffs are cut"): keywords with a
  word of giving up or lessening speak for it; the bare thing takes no side, but does together with such a word;
- it does not ("ships pay a levy"): a keyword that denies or lessens ("levy relief", "no levy") names its opposite;
- it denies something itself ("ships pass without inspection"): keywords for that ("inspections") name its opposite.
"""

from dataclasses import replace

from bot.dossier import Topic
from bot.language.lexicon import Lexicon
from bot.language.spans import Span
from bot.positions.frames import Frames
from bot.positions.phrases import PhraseIndex, Tokenizer
from bot.positions.voices import NameIndex

_MARKS = ("-", "~")
_ROOT = 6  # letters: "inspection" and "inspector" are of one root
_DENYING = ("negation", "absence", "reversal")


class Directions:
    """Marks the keywords of topics whose author did not."""

    def __init__(self, lexicon: Lexicon, tokenizer: Tokenizer, cues: Frames) -> None:
        families = lexicon.section("directions")["families"]
        self._words: dict[str, tuple[str, ...]] = {family["name"]: tuple(family["words"]) for family in families}
        self._index: PhraseIndex[str] = PhraseIndex(
            ((word, name) for name, words in self._words.items() for word in words), tokenizer
        )
        self._opposites = {family["name"] for family in families if family.get("is_opposite", True)}
        self._tokenizer = tokenizer
        self._cues = cues

    def marked(self, topic: Topic) -> Topic:
        """The topic with its keywords marked, or as it is."""
        if topic.proposition is None or any(keyword.startswith(_MARKS) for keyword in topic.keywords):
            return topic
        families = self._families(topic.proposition)
        if families:
            return replace(
                topic, keywords=tuple(one for word in topic.keywords for one in self._lessened(word, families))
            )
        denied = self._denied(topic.proposition)
        return replace(topic, keywords=tuple(self._signed(one, denied) for one in topic.keywords))

    def giver(self, topic: Topic, names: NameIndex) -> frozenset[str]:
        """Who gives up in the proposition: the ids of that side. Empty where nobody does, or the author set marks."""
        if topic.proposition is None or self.marked(topic) is topic:
            return frozenset()
        tokens = self._tokenizer.tokens(topic.proposition, Span(0, len(topic.proposition)))
        verbs = [hit.start for hit in self._index.find(tokens)]
        givers = [hit.value for hit in names.index.find(tokens) if verbs and hit.end <= verbs[0]]
        return names.own_side(givers[0]) if givers else frozenset()

    def _families(self, text: str) -> tuple[str, ...]:
        tokens = self._tokenizer.tokens(text, Span(0, len(text)))
        return tuple(dict.fromkeys(hit.value for hit in self._index.find(tokens)))

    def _signed(self, keyword: str, denied: frozenset[str]) -> str:
        """The keyword with its mark: a denial within it and one in the proposition make up for each other."""
        tokens = self._tokenizer.tokens(keyword, Span(0, len(keyword)))
        is_denied = any(token.stem[:_ROOT] in denied for token in tokens)
        return f"-{keyword}" if self._denies(keyword) != is_denied else keyword

    def _denied(self, proposition: str) -> frozenset[str]:
        """The roots of the words behind the first "without", "no" or "not" of the proposition."""
        tokens = self._tokenizer.tokens(proposition, Span(0, len(proposition)))
        denials = [hit.end for hit in self._cues.marks(tokens).frames if hit.value.kind in ("negation", "absence")]
        after = tokens[min(denials) :] if denials else ()
        return frozenset(token.stem[:_ROOT] for token in after if token.word not in self._cues.light)

    def _denies(self, keyword: str) -> bool:
        tokens = self._tokenizer.tokens(keyword, Span(0, len(keyword)))
        frames = self._cues.marks(tokens).frames
        return bool(self._opposites.intersection(self._families(keyword))) or any(
            hit.value.kind in _DENYING for hit in frames
        )

    def _lessened(self, keyword: str, families: tuple[str, ...]) -> tuple[str, ...]:
        if self._families(keyword) or self._denies(keyword):
            return (keyword,)
        if ".." in keyword or " + " in keyword:
            return (f"~{keyword}",)
        plain = (word for name in families for word in self._words[name] if ".." not in word)
        return (f"~{keyword}", *(f"{word} .. {keyword}" for word in plain))
