"""The cue lexicon, compiled: which words report, and with which complements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import ConfigurationError
from bot.language.inflection import VerbForms, inflect, read_irregular
from bot.language.lexicon import Lexicon
from bot.positions.model import Mode

_FRAMES = frozenset({"clause", "bare", "quote", "to", "object", "person_to", "person", "alone"})
_GAP = "..."  # stands for the object within a phrase: "rule ... out"


@dataclass(frozen=True, slots=True)
class Cue:
    """One reporting word or phrase in one sense.

    `rest` are the words after the verb ("out" in "rule out"); `frames` the complements it takes; `prepositions` those
    that lead its complement; `is_speech` marks speech acts, which report nothing where they are negated or unreal.
    """

    lemma: str
    sense: str
    mode: Mode
    is_speech: bool
    frames: frozenset[str]
    prepositions: frozenset[str]
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NounCue:
    """A noun of saying or holding ("refusal"), and the words that may follow with its content."""

    lemma: str
    mode: Mode
    complements: frozenset[str]


@dataclass(frozen=True, slots=True)
class CueBook:
    """All cues by the word that shows them (lower case), and the class of each such word for the tagger.

    Classes: V past (or participle), U participle only, Z -s form, B base, G -ing form, R noun, A adjective, K the head
    of a phrase that names a source.
    """

    verbs: Mapping[str, tuple[Cue, ...]]
    nouns: Mapping[str, NounCue]
    adjectives: Mapping[str, tuple[Cue, ...]]
    colon_nouns: frozenset[str]
    catenatives: frozenset[str]
    causatives: frozenset[str]
    nobody: frozenset[str]
    unreal: frozenset[str]
    inference: frozenset[str]
    evidence: frozenset[str]
    imagining: frozenset[str]
    options: frozenset[str]
    view_nouns: frozenset[str]
    silence: frozenset[str]
    open_questions: frozenset[str]
    hearsay: frozenset[str]
    demonyms: frozenset[str]
    citing: frozenset[str]
    cited: frozenset[str]
    rumours: frozenset[str]
    denying: frozenset[str]
    tags: Mapping[str, str]


def compile_cues(lexicon: Lexicon) -> CueBook:
    """Read the section `reporting`. Raises `ConfigurationError` for a frame or mode that does not exist."""
    section, bodies = lexicon.section("reporting"), lexicon.section("names")["bodies"]
    irregular = read_irregular(lexicon.strings("grammar", "irregular"))
    verbs: dict[str, list[Cue]] = {}
    tags: dict[str, str] = {}
    for group in section["verbs"]:
        for cue, head in _verb_cues(group):
            forms = inflect(head, irregular)
            for word, tag in _form_tags(forms):
                verbs.setdefault(word, []).append(cue)
                _set_tag(tags, word, tag)
    nouns = _noun_cues(section["nouns"])
    for word in nouns:
        tags.setdefault(word, "R")
    adjectives = _adjective_cues(section["adjectives"])
    for word in adjectives:
        tags.setdefault(word, "A")
    for word in section["sources"]["view_nouns"]:
        tags.setdefault(word, "R")
    for word in section["sources"]["heads"]:
        tags[word] = "K"
    longest_first = {word: tuple(sorted(cues, key=_specific_first)) for word, cues in verbs.items()}
    return CueBook(
        longest_first,
        nouns,
        adjectives,
        colon_nouns=frozenset(section["colon"]["nouns"]),
        catenatives=frozenset(section["catenatives"]["words"]),
        causatives=frozenset(section["causatives"]["words"]),
        nobody=frozenset(section["nobody"]["words"]),
        unreal=frozenset(section["unreal"]["modals"]),
        evidence=frozenset(section["evidence"]["nouns"]),
        view_nouns=frozenset(section["sources"]["view_nouns"]),
        open_questions=frozenset(section["hearsay"]["open"]),
        hearsay=frozenset(section["hearsay"]["nouns"]),
        rumours=frozenset(section["hearsay"]["rumours"]),
        denying=frozenset(section["silence"]["denying"]),
        silence=frozenset(section["silence"]["words"]),
        imagining=frozenset(section["imagining"]["words"]),
        options=frozenset(section["imagining"]["options"]),
        demonyms=_demonyms(lexicon),
        citing=frozenset(section["sources"]["citing"]),
        cited=frozenset(word for kind in ("anonymous", "documents", "groups") for word in bodies[kind]),
        inference=frozenset(section["inference"]["lemmas"]),
        tags=tags,
    )


def _demonyms(lexicon: Lexicon) -> frozenset[str]:
    """In lower case, without those that are a state's name as well ("US")."""
    listed = lexicon.section("names")["demonyms"].values()
    return frozenset(form.lower() for forms in listed for form in forms if not form.isupper())


def _specific_first(cue: Cue) -> tuple[int, bool]:
    """Longer phrases before shorter, and senses with an addressee before those without."""
    return -len(cue.rest), "person" not in cue.frames


def _set_tag(tags: dict[str, str], word: str, tag: str) -> None:
    order = "VUZGB"
    if word not in tags or order.index(tag) < order.index(tags[word]):
        tags[word] = tag


def _form_tags(forms: VerbForms) -> Iterable[tuple[str, str]]:
    yield forms.past, "V"
    if forms.participle != forms.past:
        yield forms.participle, "U"
    yield forms.third, "Z"
    yield forms.gerund, "G"
    if forms.base != forms.past:
        yield forms.base, "B"


def _verb_cues(group: Mapping[str, Any]) -> Iterable[tuple[Cue, str]]:
    frames, prepositions = _frames(group["frames"])
    mode = _mode(group["mode"])
    for lemma in dict.fromkeys(group["lemmas"]):
        head, *rest = lemma.split()
        cue = Cue(lemma, group["name"], mode, bool(group.get("speech")), frames, prepositions, tuple(rest))
        yield cue, head


def _frames(listed: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    frames = {frame for frame in listed if frame in _FRAMES}
    prepositions = {word for frame in listed if frame not in _FRAMES for word in frame.split()}
    return frozenset(frames), frozenset(prepositions)


def _mode(value: str) -> Mode:
    try:
        return Mode(value)
    except ValueError:
        raise ConfigurationError("lexicon reporting.toml", f"mode {value!r} is none") from None


def _noun_cues(groups: Iterable[Mapping[str, Any]]) -> dict[str, NounCue]:
    nouns: dict[str, NounCue] = {}
    for group in groups:
        for lemma in group["lemmas"]:
            cue = NounCue(lemma, _mode(group["mode"]), frozenset(group["complements"]))
            for word in (lemma, _plural(lemma)):
                nouns.setdefault(word, cue)
    return nouns


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")


def _adjective_cues(section: Mapping[str, Any]) -> dict[str, tuple[Cue, ...]]:
    adjectives: dict[str, list[Cue]] = {}
    mode = _mode(section["mode"])
    for frame in ("to", "clause"):
        frames = frozenset({"clause", "bare"} if frame == "clause" else {"to"})
        for word in section[frame]:
            adjectives.setdefault(word, []).append(Cue(word, "adjective", mode, False, frames, frozenset()))
    for phrase in section["preposition"]:
        head, *rest = phrase.split()
        cue = Cue(phrase, "adjective", mode, False, frozenset({"object"}), frozenset(), tuple(rest))
        adjectives.setdefault(head, []).append(cue)
    return {word: tuple(sorted(cues, key=lambda cue: -len(cue.rest))) for word, cues in adjectives.items()}
