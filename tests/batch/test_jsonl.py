"""One line out for each line in, whatever comes in."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bot.batch.jsonl import answer_lines, dumped, text_field
from bot.errors import InvalidInputError


def shout(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": text_field(data, "text", required=True).upper()}


def answered(*lines: bytes) -> list[tuple[dict[str, Any], bool]]:
    return [(json.loads(one.line), one.failed) for one in answer_lines(lines, shout)]


def test_lines_are_answered_in_order_with_their_id() -> None:
    found = answered(b'{"id": 1, "text": "a"}\n', b'{"id": "two", "text": "b"}\n')
    assert found == [({"id": 1, "text": "A"}, False), ({"id": "two", "text": "B"}, False)]


def test_blank_lines_are_no_lines_and_a_byte_order_mark_is_no_text() -> None:
    found = answered(b'\xef\xbb\xbf{"id": 1, "text": "a"}\n', b"\n", b"  \r\n", b'{"id": 2, "text": "b"}')
    assert [data["id"] for data, _ in found] == [1, 2]


@pytest.mark.parametrize(
    ("line", "identity", "words"),
    [
        (b"{broken\n", None, "not JSON"),
        (b"\xff\xfe\n", None, "not UTF-8 (byte 0)"),
        (b"[1, 2]\n", None, "a JSON object is needed"),
        (b'"text"\n', None, "a JSON object is needed"),
        (b'{"id": 7}\n', 7, "text is missing"),
        (b'{"id": 7, "text": null}\n', 7, "text is missing"),
        (b'{"id": 7, "text": ["a"]}\n', 7, "a string is needed"),
        (b"[" * 100_000 + b"\n", None, "not JSON"),
    ],
)
def test_a_broken_line_is_answered_by_its_error(line: bytes, identity: object, words: str) -> None:
    (first, failed), (second, fine) = answered(line, b'{"id": 8, "text": "b"}')
    assert failed
    assert list(first) == ["id", "error"]
    assert first["id"] == identity
    assert words in first["error"]
    assert (second, fine) == ({"id": 8, "text": "B"}, False)


def test_a_line_is_answered_before_the_next_is_read() -> None:
    read: list[int] = []

    def lines() -> Iterator[bytes]:
        for number in range(3):
            read.append(number)
            yield json.dumps({"id": number, "text": "x"}).encode()

    stream = answer_lines(lines(), shout)
    next(stream)
    assert read == [0]


def test_a_surprise_is_loud() -> None:
    def broken(_: Mapping[str, Any]) -> dict[str, Any]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(answer_lines([b"{}"], broken))


@pytest.mark.parametrize("text", ["“quoted” — 漢字", "a\u2028b\u2029c\x85d", "half \ud800", 'tab\t"mark"\n', "\x1b[0m"])
def test_an_object_is_one_line_and_comes_back_as_it_was(text: str) -> None:
    line = dumped({"text": text})
    assert len(line.splitlines()) == 1
    assert line.encode()
    assert json.loads(line) == {"text": text}


def test_readable_text_stays_readable() -> None:
    assert dumped({"text": "“Ja”"}) == '{"text": "“Ja”"}'


def test_an_absent_string_is_empty_unless_needed() -> None:
    assert text_field({}, "title") == ""
    assert text_field({"title": None}, "title") == ""
    with pytest.raises(InvalidInputError):
        text_field({"title": 3}, "title")
