"""JSON of domain values: all of it comes back, and a new field can't be forgotten."""

import json
from dataclasses import fields, replace

import pytest

from bot.articles.model import Dropped
from bot.briefings.model import Scope
from bot.language.blocks import Block, BlockKind
from bot.language.sentences import Sentence
from bot.language.spans import Span
from bot.positions.model import Mode, Reading, Skipped, Stance, Statement
from bot.storage.codec import (
    decode_reading,
    decode_scope,
    decode_statements,
    decode_structure,
    encode_reading,
    encode_scope,
    encode_statement,
    encode_structure,
)
from tests.storage.samples import article, reading, statement, unnamed_statement


@pytest.mark.parametrize(
    "one",
    [
        statement(),
        unnamed_statement(),
        *(replace(statement(), stance=stance) for stance in (*Stance, None)),
        *(replace(statement(), mode=mode) for mode in Mode),
        replace(statement(), cue="“says” \\ \n 🐟", topics=(), rules=()),
    ],
)
def test_a_statement_comes_back(one: Statement) -> None:
    assert decode_statements([encode_statement(one)]) == (one,)


def test_many_statements_come_back_in_order() -> None:
    many = [statement(), unnamed_statement(), replace(statement(), cue="added")]
    assert decode_statements(map(encode_statement, many)) == tuple(many)
    assert decode_statements([]) == ()


def test_a_statement_stored_before_a_field_existed_gets_its_default() -> None:
    stored = json.loads(encode_statement(statement()))
    del stored["contested"], stored["rules"]
    assert decode_statements([json.dumps(stored)]) == (replace(statement(), contested=False, rules=()),)


def test_defaults_take_no_room() -> None:
    stored = json.loads(encode_statement(unnamed_statement()))
    assert not {"topics", "stance", "shift", "contested", "rules"} & stored.keys()


def test_structure_comes_back() -> None:
    one = article()
    blocks = (*one.blocks, *(Block(kind, Span(7, 9)) for kind in BlockKind))
    encoded = encode_structure(blocks, one.dropped, one.provenance)
    assert decode_structure(encoded) == (blocks, one.dropped, one.provenance)
    assert decode_structure(encode_structure((), (), {})) == ((), (), {})


def test_a_reading_comes_back_with_its_statements() -> None:
    one = reading(statement())
    assert decode_reading(encode_reading(one), one.statements) == one
    assert decode_reading(encode_reading(Reading((), ())), ()) == Reading((), ())


@pytest.mark.parametrize("scope", [Scope(), Scope(("a", "b"), ("c",)), Scope(actors=("d",))])
def test_a_scope_comes_back(scope: Scope) -> None:
    assert decode_scope(encode_scope(scope)) == scope


@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        (Span, ["start", "end"]),
        (Block, ["kind", "span"]),
        (Sentence, ["index", "span", "block"]),
        (Skipped, ["span", "reason"]),
        (Dropped, ["text", "rule"]),
        (Reading, ["sentences", "statements", "skipped", "withdrawn"]),  # the last comes from corrections, not stored
        (Scope, ["topics", "actors"]),
    ],
)
def test_every_field_of_what_is_stored_flat_is_stored(kind: type, stored: list[str]) -> None:
    """If this fails, a field is new: teach the codec to keep it, and write a migration for the rows that lack it."""
    assert [field.name for field in fields(kind)] == stored


def test_kinds_of_blocks_keep_their_numbers() -> None:
    """Stored rows hold the numbers: a new kind goes to the end."""
    assert list(BlockKind)[:4] == [BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.BULLET]
