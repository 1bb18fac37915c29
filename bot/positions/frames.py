"""The lexicon's cues of stance, shift and dispute, compiled once."""

from dataclasses import dataclass
from typing import Any

from bot.language.lexicon import Lexicon
from bot.positions.phrases import PhraseIndex, Tokenizer

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
    not_over: str


class Frames:
    """Indexes and word lists of the sections stance, shifts and contested."""

    def __init__(self, lexicon: Lexicon, tokenizer: Tokenizer) -> None:
        stance = lexicon.section("stance")
        structure = stance["structure"]
        self.frames: PhraseIndex[Frame] = PhraseIndex(
            ((phrase, _frame(entry)) for entry in stance["frames"] for phrase in entry["phrases"]), tokenizer
        )
        concessions = set(structure["concessions"])
        self.boundaries: PhraseIndex[bool] = PhraseIndex(
            ((phrase, phrase in concessions) for phrase in structure["boundaries"]), tokenizer
        )
        self.closed_by_comma: PhraseIndex[None] = PhraseIndex(
            ((phrase, None) for phrase in structure["closed_by_comma"]), tokenizer
        )
        self.relatives: PhraseIndex[None] = PhraseIndex(((one, None) for one in structure["relatives"]), tokenizer)
        plain = set(structure["plain_anaphors"])
        self.anaphors: PhraseIndex[bool] = PhraseIndex(
            ((phrase, phrase not in plain) for phrase in structure["anaphors"]), tokenizer
        )
        self.echoes: PhraseIndex[None] = PhraseIndex(((one, None) for one in structure["echoes"]), tokenizer)
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
        self.first_person = frozenset(structure["first_person"])
        self.second_person = frozenset(structure["second_person"])
        self.third_person = frozenset(structure["third_person"])
        self.realizing = frozenset(tokenizer.stem(word) for word in structure["realizing"])
        self.light = frozenset(structure["light"])
        self.shifts = _index(lexicon, "shifts", "cues", tokenizer)
        self.shift_denials = _index(lexicon, "shifts", "denials", tokenizer)
        self.shift_allowances = _index(lexicon, "shifts", "allowances", tokenizer)
        self.disputes = _index(lexicon, "contested", "disputes", tokenizer)


def _index(lexicon: Lexicon, section: str, key: str, tokenizer: Tokenizer) -> PhraseIndex[None]:
    return PhraseIndex(((phrase, None) for phrase in lexicon.strings(section, key)), tokenizer)


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
        not_over=entry.get("not_over", ""),
    )
