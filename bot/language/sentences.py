"""Sentences as spans into a text."""

from dataclasses import dataclass

from bot.language.spans import Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its place in the article (`index`), its characters, and the block that holds it."""

    index: int
    span: Span
    block: int
