"""The structure of a cleaned text: which line is a paragraph, a bullet, a heading or the title."""

from dataclasses import dataclass
from enum import StrEnum

from bot.language.spans import Span


class BlockKind(StrEnum):
    """What a block of text is. Only paragraphs and bullets hold sentences."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of an article's text; `span` leaves out surrounding white space (and a bullet's marker)."""

    kind: BlockKind
    span: Span

    @property
    def is_prose(self) -> bool:
        """Whether sentences may be read from this block."""
        return self.kind in (BlockKind.PARAGRAPH, BlockKind.BULLET)
