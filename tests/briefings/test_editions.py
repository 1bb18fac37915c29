"""An answer's lines, their numbers, and the id that they determine."""

from dataclasses import replace

from bot.briefings.editions import MOST_LINES, digest_of, ids_of, kind_of, lines_of, numbers_of, place_of
from bot.language.spans import Span
from tests.presentation.evidence_samples import COMPARISON, LEDGER, QUOTES, TIMELINE
from tests.presentation.samples import BRIEFING, DIGEST, LATER, POSITION, QUOTED, TURNED


def test_items_come_first_and_a_line_shown_twice_is_one() -> None:
    assert [line.text for line in lines_of(BRIEFING)] == [BRIEFING.items[0].text, LATER, QUOTED.text]


def test_lines_carry_the_other_places_that_print_them() -> None:
    (line,) = lines_of(QUOTES)
    assert [one.outlet for one in line.others] == ["Coast Herald"]


def test_a_digest_numbers_what_is_shown_of_each_position() -> None:
    many = tuple(replace(TURNED, citation=replace(TURNED.citation, article_id=f"x{n}")) for n in range(9))
    position = replace(POSITION, evidence=(QUOTED, QUOTED, *many))
    cell = replace(DIGEST.cells[0], position=position)
    digest = replace(DIGEST, cells=(cell, DIGEST.cells[1]))
    assert [line.text for line in lines_of(digest)] == [QUOTED.text, LATER]
    assert len(lines_of(replace(digest, cells=(cell,), topic_id="quota"))) == 10


def test_only_a_kept_answer_has_numbers() -> None:
    assert numbers_of(BRIEFING) == {}
    kept = numbers_of(replace(BRIEFING, edition="B-00000001"))
    assert kept[place_of(QUOTED.citation)] == 3
    assert sorted(kept.values()) == [1, 2, 3]


def test_an_id_depends_on_place_text_and_order_of_the_lines_alone() -> None:
    lines = lines_of(TIMELINE)
    digest = digest_of(lines)
    assert digest == digest_of(lines_of(replace(TIMELINE, articles=99, edition=None)))
    first, second = lines
    moved = replace(first, citation=replace(first.citation, span=Span(0, 9)))
    others = [(second, first), (first,), (moved, second), (replace(first, text="else"), second)]
    assert len({digest, *map(digest_of, others)}) == 5
    assert digest == digest_of((replace(first, citation=replace(first.citation, outlet="Renamed")), second))


def test_ids_tell_what_they_are_of() -> None:
    letters = [ids_of(kind_of(one), "0123456789abcdef0123")[0] for one in (BRIEFING, DIGEST, QUOTES, TIMELINE, LEDGER)]
    assert letters == [f"{letter}-01234567" for letter in "BPQTS"]
    assert ids_of(kind_of(COMPARISON), "0123456789abcdef0123") == (
        "C-01234567",
        "C-0123456789ab",
        "C-0123456789abcdef0123",
    )


def test_an_edition_is_bounded() -> None:
    shift = LEDGER.shifts[0]
    many = [replace(TURNED, citation=replace(TURNED.citation, article_id=f"x{n}")) for n in range(MOST_LINES + 50)]
    ledger = replace(LEDGER, shifts=tuple(replace(shift, before=None, after=one) for one in many))
    assert len(lines_of(ledger)) == MOST_LINES
