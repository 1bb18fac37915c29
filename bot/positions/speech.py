"""Direct speech among the quotations, and the sentences with each stretch of speech counted as one word."""

import re
from collections.abc import Sequence

from bot.language.blocks import Block
from bot.language.clauses import Subject, SubjectKind, clause_subject
from bot.language.noun_phrases import VERBS, noun_phrase_end
from bot.language.quotations import Quotation
from bot.language.sentences import Sentence
from bot.language.spans import Span
from bot.language.tokens import Tokens

_SENTENCE_MARK = re.compile(r"[.!?…\"”’)\]]\s*$")
_LEAD_IN = re.compile(r"[,:—–]\s*$|--\s*$")
_TERMINAL = re.compile(r"[.,!?…—–-]['’\"”)\]]*$")
_WORD = re.compile(r"\w+")
_DATELINE = 12  # tokens
_DATELINE_NAME = 3  # letters
_LONG = 4  # words from which a stretch after a lead-in is speech though it begins in lower case
_VERY_LONG = 25
_SHORT_WORD = 3  # letters up to which a word of a title may stand in lower case
_TITLE_LIMIT = 8  # words


def find_speech(
    text: str, quotations: Sequence[Quotation], blocks: Sequence[Block], joining: frozenset[str]
) -> list[Quotation]:
    """The quotations that are direct speech, in order; `joining` are conjunctions, in lower case."""
    found: list[Quotation] = []
    for quotation in quotations:
        before = found[-1] if found and found[-1].block == quotation.block else None
        broken = before is not None and _is_broken(text, before, quotation, joining)
        if broken or is_direct_speech(text, quotation, blocks[quotation.block].span.start):
            found.append(quotation)
    return found


def _is_broken(text: str, before: Quotation, quotation: Quotation, joining: frozenset[str]) -> bool:
    """Whether a quotation goes on with the sentence that an attribution broke: "One half," she said, "other half."

    A conjunction may stand outside of it: "One half," she said, but "the other half."
    """
    between = text[before.outer.end : quotation.outer.start]
    head, _, last = between.rstrip().rpartition(" ")
    if last.lower() in joining and len(_WORD.findall(quotation.inner.of(text))) >= _LONG:
        between = head
    return (
        before.inner.of(text).endswith(",")
        and between.rstrip().endswith(",")
        and not _SENTENCE_MARK.search(between[:-1])
    )


def is_direct_speech(text: str, quotation: Quotation, block_start: int) -> bool:
    """Whether a quotation is an utterance (a clause or more) and not words woven into the narrator's sentence."""
    if quotation.continues or quotation.goes_on:
        return True
    inner = quotation.inner.of(text)
    count = len(_WORD.findall(inner))
    if count == 0:
        return False
    before = text[block_start : quotation.outer.start]
    ends_well = bool(_TERMINAL.search(inner)) or text[quotation.outer.end : quotation.outer.end + 1] in (
        ",",
        ".",
        "?",
        "!",
        "",
    )
    begins_sentence = not before.strip() or bool(_SENTENCE_MARK.search(before))
    is_capital = inner[0].isupper() or not inner[0].isalpha()
    if begins_sentence:
        return (ends_well and (count > 1 or is_capital)) or count >= _VERY_LONG
    if _LEAD_IN.search(before):
        is_word = count == 1 and not _TERMINAL.search(inner)
        return not is_word and ((is_capital and (ends_well or count >= _LONG)) or (count >= _LONG and ends_well))
    return (
        is_capital and count > 1 and (inner[-1] in "?!" or (count > 2 * _LONG and inner[-1] == "." and ". " in inner))
    )


def merge_sentences(sentences: Sequence[Sentence], speech: Sequence[Span]) -> list[Span]:
    """Sentence spans, joined where a boundary falls within a stretch of direct speech."""
    units: list[Span] = []
    block = -1
    waiting = list(reversed(speech))
    for sentence in sentences:
        while waiting and waiting[-1].end <= sentence.span.start:
            waiting.pop()
        if units and sentence.block == block and waiting and waiting[-1].start < sentence.span.start:
            units[-1] = Span(units[-1].start, sentence.span.end)
        else:
            units.append(sentence.span)
        block = sentence.block
    return units


def after_dateline(tokens: Tokens, low: int, high: int) -> int:
    """First token after a dateline ("TARN (Wire) - ...", "TARN: ..."), `low` where none stands: it is no part of the
    sentence.
    """
    tags = tokens.tags[low : min(high, low + _DATELINE)]
    dash = low + min((at for at in (tags.find("-"), tags.find(":")) if at > 0), default=0)
    if dash <= low or not tokens.words[low].isupper() or len(tokens.words[low]) < _DATELINE_NAME:
        return low
    return dash + 1 if all(tag in "N,(.)nMYp" for tag in tokens.tags[low:dash]) else low


def speaker_beside(tokens: Tokens, at: int, low: int, high: int) -> Subject | None:
    """Who acts in the sentence of the speech at token `at`: after it with any verb, or before its colon or comma."""
    tags = tokens.tags
    after = at + 1 + (tags[at + 1 : at + 2] == ",")
    end = noun_phrase_end(tokens, after, high)
    if end > after and end < high and tags[end] in VERBS | {","} and tags[after] in "NSDH":
        kind = SubjectKind.PRONOUN if tags[after] == "S" else SubjectKind.PHRASE
        return Subject(after, end, kind)
    if at > low and tags[at - 1] in ":,":
        return clause_subject(tokens, at, low)
    return None


def is_title(words: str) -> bool:
    """Whether quoted words are the name of a work, a programme or a plan: all important words begin with a capital."""
    listed = _WORD.findall(words)
    longer = [word for word in listed if len(word) > _SHORT_WORD]
    return (
        2 <= len(listed) <= _TITLE_LIMIT
        and bool(longer)
        and all(word[0].isupper() for word in (listed[0], listed[-1], *longer))
    )
