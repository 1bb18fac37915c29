"""Direct speech among the quotations, and the sentences with each stretch of speech counted as one word."""

import re
from collections.abc import Sequence

from bot.language.quotations import Quotation
from bot.language.sentences import Sentence
from bot.language.spans import Span

_SENTENCE_MARK = re.compile(r"[.!?…\"”’)\]]\s*$")
_LEAD_IN = re.compile(r"[,:—–]\s*$|--\s*$")
_TERMINAL = re.compile(r"[.,!?…—–-]['’\"”)\]]*$")
_WORD = re.compile(r"\w+")
_LONG = 4  # words from which a stretch after a lead-in is speech though it begins in lower case
_VERY_LONG = 25


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
        return (is_capital and (ends_well or count >= _LONG)) or (count >= _LONG and ends_well)
    return is_capital and count > 2 * _LONG and ends_well and inner.rstrip().endswith((".", "!", "?")) and ". " in inner


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
    return _split_after_speech(units, speech)


def _split_after_speech(units: list[Span], speech: Sequence[Span]) -> list[Span]:
    """A unit that was joined only because speech ends within its last sentence stays one unit."""
    return units
