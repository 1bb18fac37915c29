"""Bytes to characters, whatever program saved them."""

import pytest

from bot.articles.decode import decode

TEXT = "Kyiv’s envoy said: “Yes – but…”\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_reads_what_editors_save(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_byte_order_mark_decides(mark: bytes, encoding: str) -> None:
    assert decode(mark + TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n", "\u2028", "\x0c"])
def test_newlines_become_one_kind(ending: str) -> None:
    assert decode(f"one{ending}two".encode()) == "one\ntwo"


def test_a_declared_encoding_goes_before_a_guess() -> None:
    assert decode("Зеленский".encode("koi8-r"), declared="koi8-r") == "Зеленский"


@pytest.mark.parametrize(
    "head", ['<meta charset="windows-1251">', '<?xml version="1.0" encoding="windows-1251"?>',
             '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'],
)  # fmt: skip
def test_a_page_may_name_its_encoding(head: str) -> None:
    assert decode(f"{head}<p>Лавров".encode("windows-1251"), is_html=True) == f"{head}<p>Лавров"


def test_an_unknown_declared_encoding_is_no_reason_to_fail() -> None:
    assert decode("Café".encode("cp1252"), declared="no-such-encoding") is not None


def test_cyrillic_without_a_declaration_is_guessed() -> None:
    text = "Министр иностранных дел заявил в пятницу, что встреча президентов пока не запланирована. " * 4
    assert decode(text.encode("windows-1251")) == text


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe", bytes(range(32)) * 50, b"ab\0cd\xff", b"word " * 9000 + b"\0"],
)
def test_binary_is_no_text(content: bytes) -> None:
    assert decode(content) is None


def test_characters_stay_as_they_are() -> None:
    odd = "zero\u200bwidth no\u00a0break “curly” ﬁ"
    assert decode(odd.encode()) == odd
