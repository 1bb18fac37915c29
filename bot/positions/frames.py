"""The lexicon's cues of stance, shift and dispute, compiled once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from bot.language.lexicon import Lexicon
from bot.language.names import compile_names
from bot.positions.phrases import Hit, PhraseIndex, Token, Tokenizer

_POLARITY = {"for": 1, "against": -1}


@dataclass(frozen=True, slots=True)
class Frame:
    """What a set of cues does to what lies in its scope. See `config/lexicon/en/stance.toml` for the meaning."""

    name: str
    kind: str
    polarity: int
    scope: str
    soft: bool
    accepts: bool
    own: bool
    over_cues: bool
    adjacent: bool
    not_over: str
    answers: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A cue of another list; `flag` tells its special kind where the list has one."""

    name: str
    flag: bool


class Marks:
    """All cues found in a row of tokens, by what they are."""

    def __init__(self, hits: Iterable[Hit[Frame | Mark]]) -> None:
        self.frames: list[Hit[Frame]] = []
        self._others: dict[str, list[Hit[Mark]]] = {}
        for hit in hits:
            if isinstance(hit.value, Frame):
                self.frames.append(cast(Hit[Frame], hit))
            else:
                self._others.setdefault(hit.value.name, []).append(cast(Hit[Mark], hit))

    def of(self, name: str) -> list[Hit[Mark]]:
        """Cues of one list, in order."""
        return self._others.get(name, [])

    def within(self, first: int, last: int) -> "Marks":
        """Those that lie in `[first, last)`, counted from `first`."""
        part = Marks(())
        part.frames = [hit.moved(-first) for hit in self.frames if first <= hit.start and hit.end <= last]
        for name, hits in self._others.items():
            part._others[name] = [hit.moved(-first) for hit in hits if first <= hit.start and hit.end <= last]
        return part


class Frames:
    """The cues and word lists of the sections stance, shifts and contested."""

    def __init__(self, lexicon: Lexicon, tokenizer: Tokenizer) -> None:
        stance = lexicon.section("stance")
        structure = stance["structure"]
        concessions, plain = set(structure["concessions"]), set(structure["plain_anaphors"])
        patterns: list[tuple[str, Frame | Mark]] = [
            (phrase, _frame(entry)) for entry in stance["frames"] for phrase in entry["phrases"]
        ]
        patterns += [(one, Mark("boundary", one in concessions)) for one in structure["boundaries"]]
        patterns += [(one, Mark("anaphor", one not in plain)) for one in structure["anaphors"]]
        patterns += [(one, Mark("closed", False)) for one in structure["closed_by_comma"]]
        patterns += [(one, Mark("relative", False)) for one in structure["relatives"]]
        patterns += [(one, Mark("echo", False)) for one in structure["echoes"]]
        shifts = [(one, Mark("shift", False)) for one in lexicon.strings("shifts", "cues")]
        patterns += shifts
        patterns += [(one, Mark("shift-denial", False)) for one in lexicon.strings("shifts", "denials")]
        patterns += [(one, Mark("shift-allowance", False)) for one in lexicon.strings("shifts", "allowances")]
        patterns += [(one, Mark("earlier", False)) for one in lexicon.strings("shifts", "earlier")]
        patterns += [(one, Mark("dispute", False)) for one in lexicon.strings("contested", "disputes")]
        self._index: PhraseIndex[Frame | Mark] = PhraseIndex(patterns, tokenizer)
        self._shifts = PhraseIndex(shifts, tokenizer)
        self.coordinators = frozenset(structure["coordinators"])
        self.participles = tokenizer.participles
        self.governing = frozenset(structure["governing"])
        self.passive = frozenset(structure["passive"])
        self.auxiliaries = frozenset(structure["auxiliaries"])
        self.relative_pronouns = frozenset(structure["relative_pronouns"])
        self.gap_openers = frozenset(structure["gap_openers"])
        self.between = frozenset(structure["between"])
        self.determiners = frozenset(structure["determiners"])
        self.agent: str = structure["passive_agent"]
        self.judged_as: str = structure["judged_as"]
        self.first_person = frozenset(structure["first_person"])
        self.second_person = frozenset(structure["second_person"])
        self.third_person = frozenset(structure["third_person"])
        self.resuming = frozenset(structure["resuming"])
        self.empty_subjects = frozenset(structure["empty_subjects"])
        self.infinitive: str = structure["infinitive"]
        self.empty_clauses = frozenset(structure["empty_clauses"])
        self.times = frozenset(structure["times"])
        self.compounds = frozenset(tokenizer.stem(word) for word in structure["compounds"])
        self.realizing = frozenset(tokenizer.stem(word) for word in structure["realizing"])
        self.light = frozenset(structure["light"])
        self.people = frozenset(compile_names(lexicon).person_nouns)
        self.question_words = frozenset(structure["question_words"])
        self.subordinators = frozenset(structure["subordinators"])
        self.verbs = _plain_verbs(lexicon)

    def marks(self, tokens: Sequence[Token]) -> Marks:
        """All cues in `tokens`."""
        return Marks(self._index.find(tokens))

    def has_shift(self, tokens: Sequence[Token]) -> bool:
        """Whether any cue in `tokens` is one of a shift."""
        return bool(self._shifts.find(tokens))


def _plain_verbs(lexicon: Lexicon) -> frozenset[str]:
    """Base forms that are verbs alone, not nouns as well ("recognize", not "demand")."""
    grammar, reporting = lexicon.section("grammar"), lexicon.section("reporting")
    heads = {lemma.split()[0] for group in reporting["verbs"] for lemma in group["lemmas"]}
    nouns = {lemma for group in reporting["nouns"] for lemma in group["lemmas"]}
    return frozenset(heads | set(grammar["verbs"])) - nouns - frozenset(grammar["noun_verbs"])


def _frame(entry: dict[str, Any]) -> Frame:
    return Frame(
        name=entry["name"],
        kind=entry["kind"],
        polarity=_POLARITY.get(entry.get("polarity", ""), 0),
        scope=entry.get("scope", "right"),
        soft=entry.get("soft", False),
        accepts=entry.get("accepts", False),
        own=entry.get("own", False),
        over_cues=entry.get("over_cues", False),
        adjacent=entry.get("adjacent", False),
        not_over=entry.get("not_over", ""),
        answers=entry.get("answers", False),
    )
