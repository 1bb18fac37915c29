"""Domain values as compact JSON, and back.

Offsets, which never change shape, are flat lists of numbers (a quarter of the size of named fields, and as quick).
Statements go through pydantic, so that a new field with a default needs no migration: old rows decode to the default.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from bot.articles.model import Dropped
from bot.briefings.editions import Asked, Line
from bot.briefings.model import Scope
from bot.language.blocks import Block, BlockKind
from bot.language.sentences import Sentence
from bot.language.spans import Span
from bot.positions.model import Reading, Skipped, Statement
from bot.schedules.model import Posting
from bot.services.ports import Tally

_STATEMENT = TypeAdapter(Statement)
_STATEMENTS = TypeAdapter(tuple[Statement, ...])
_TALLY = TypeAdapter(Tally)
_POSTING = TypeAdapter(Posting)
_LINES = TypeAdapter(tuple[Line, ...])
_ASKED = TypeAdapter(Asked)
_KINDS = tuple(BlockKind)  # stored as a number: new kinds go to the end of the enumeration
_KIND_NUMBERS = {kind: number for number, kind in enumerate(_KINDS)}
UNQUOTED = '"quote":null'  # in every encoded statement without a quote, and in no other: strings escape their marks

Structure = tuple[tuple[Block, ...], tuple[Dropped, ...], Mapping[str, str]]


def encode_structure(blocks: Sequence[Block], dropped: Sequence[Dropped], provenance: Mapping[str, str]) -> str:
    """Blocks, dropped lines and provenance of an article as one JSON array."""
    numbers = [n for block in blocks for n in (_KIND_NUMBERS[block.kind], block.span.start, block.span.end)]
    return _dump([numbers, [[line.text, line.rule] for line in dropped], dict(provenance)])


def decode_structure(encoded: str) -> Structure:
    """Inverse of `encode_structure`."""
    numbers, dropped, provenance = json.loads(encoded)
    each = iter(numbers)
    blocks = tuple(Block(_KINDS[kind], Span(start, end)) for kind, start, end in zip(each, each, each, strict=True))
    return blocks, tuple(Dropped(text, rule) for text, rule in dropped), provenance


def encode_reading(reading: Reading) -> str:
    """Sentences and skipped stretches of a reading; its statements have rows of their own."""
    numbers = [n for s in reading.sentences for n in (s.index, s.span.start, s.span.end, s.block)]
    return _dump([numbers, [[skipped.span.start, skipped.span.end, skipped.reason] for skipped in reading.skipped]])


def decode_reading(encoded: str, statements: tuple[Statement, ...]) -> Reading:
    """Inverse of `encode_reading`, with the statements of the article."""
    numbers, skipped = json.loads(encoded)
    each = iter(numbers)
    sentences = tuple(
        Sentence(index, Span(start, end), block)
        for index, start, end, block in zip(each, each, each, each, strict=True)
    )
    return Reading(sentences, statements, tuple(Skipped(Span(start, end), reason) for start, end, reason in skipped))


def encode_statement(statement: Statement) -> str:
    """One statement as a JSON object without the fields that hold their default."""
    return _STATEMENT.dump_json(statement, exclude_defaults=True).decode()


def decode_statements(encoded: Iterable[str]) -> tuple[Statement, ...]:
    """Inverse of `encode_statement`, many at once: parsed in one go, which is what makes large answers quick."""
    return _STATEMENTS.validate_json(f"[{','.join(encoded)}]")


def encode_scope(scope: Scope) -> str:
    """Topics and actors of a scope."""
    return _dump([scope.topics, scope.actors])


@lru_cache(4096)
def decode_scope(encoded: str) -> Scope:
    """Inverse of `encode_scope`."""
    topics, actors = json.loads(encoded)
    return Scope(tuple(topics), tuple(actors))


def encode_posting(posting: Posting) -> str | None:
    """How a schedule posts, without what is as it is by default; None where all of it is."""
    return _POSTING.dump_json(posting, exclude_defaults=True).decode() if posting != Posting() else None


@lru_cache(1024)
def decode_posting(encoded: str | None) -> Posting:
    """Inverse of `encode_posting`."""
    return _POSTING.validate_json(encoded) if encoded else Posting()


def encode_lines(lines: tuple[Line, ...]) -> str:
    """The lines of an edition. Half a surrogate pair, which no database takes, is kept as JSON's escape."""
    return json.dumps(_LINES.dump_python(lines, mode="json"), ensure_ascii=True, separators=(",", ":"))


def decode_lines(encoded: str) -> tuple[Line, ...]:
    """Inverse of `encode_lines`."""
    return _LINES.validate_python(json.loads(encoded))


def encode_asked(asked: Asked | None) -> str | None:
    """What a briefing was composed for."""
    return None if asked is None else json.dumps(_ASKED.dump_python(asked, mode="json"), ensure_ascii=True)


def decode_asked(encoded: str | None) -> Asked | None:
    """Inverse of `encode_asked`."""
    return None if encoded is None else _ASKED.validate_python(json.loads(encoded))


def encode_tally(tally: Tally) -> str:
    """The numbers of a round, without those that are their default."""
    return json.dumps(_TALLY.dump_python(tally, mode="json", exclude_defaults=True), ensure_ascii=True)


def decode_tally(encoded: str | None) -> Tally:
    """Inverse of `encode_tally`; without any, nothing was counted."""
    return Tally() if encoded is None else _TALLY.validate_python(json.loads(encoded))


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
