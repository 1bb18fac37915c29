"""Only the stored text may be shown, and quotation marks are the source's."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UnprovedLineError
from bot.language.spans import Span
from bot.presentation.proof import is_quoted, prove, prove_quote
from tests.presentation.samples import ARTICLE, QUOTED, article, citation, span_of

TEXTS = {ARTICLE.id: ARTICLE.text}
LINE = "Mara Lind rejected a higher quota on Tuesday."


def test_the_stored_text_is_proved() -> None:
    prove(TEXTS, citation(ARTICLE, LINE), LINE)
    prove(TEXTS, QUOTED.citation, QUOTED.text)


@pytest.mark.parametrize(
    "shown",
    [
        LINE.replace("rejected", "accepted"),
        LINE.lower(),
        LINE[:-1],
        LINE + " ",
        LINE.replace(" ", "\u00a0", 1),
        "",
    ],
)
def test_anything_else_is_refused(shown: str) -> None:
    with pytest.raises(UnprovedLineError):
        prove(TEXTS, citation(ARTICLE, LINE), shown)


@pytest.mark.parametrize(
    "texts",
    [{}, {"a1": ""}, {"a1": "An edited text, shorter than before."}, {"a9": ARTICLE.text}],
    ids=["no text", "empty", "edited", "another article's"],
)
def test_a_missing_or_changed_article_proves_nothing(texts: dict[str, str]) -> None:
    with pytest.raises(UnprovedLineError) as refused:
        prove(texts, citation(ARTICLE, LINE), LINE)
    assert (refused.value.article_id, refused.value.start, refused.value.end) == ("a1", 0, len(LINE))


def test_an_empty_span_is_no_line() -> None:
    empty = replace(citation(ARTICLE, LINE), span=Span(3, 3))
    with pytest.raises(UnprovedLineError):
        prove(TEXTS, empty, "")


@given(text=st.text(min_size=1, max_size=60), data=st.data())
def test_a_line_is_proved_exactly_if_it_is_the_text_at_its_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    shown = data.draw(st.one_of(st.just(text[start:end]), st.text(max_size=20)))
    cited = replace(citation(ARTICLE, LINE), span=Span(start, end))
    if shown.strip() and shown == text[start:end]:
        prove({ARTICLE.id: text}, cited, shown)
    else:
        with pytest.raises(UnprovedLineError):
            prove({ARTICLE.id: text}, cited, shown)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("“We will stay,” he said.", "We will stay,"),
        ('"We will stay," he said.', "We will stay,"),
        ("‘We will stay,’ he said.", "We will stay,"),
        ("« Nous restons », dit-il.", "Nous restons"),
        ("„Wir bleiben“, sagte er.", "Wir bleiben"),
        ("“We will stay.\n\n“And we will fight,” he said.", "We will stay."),
        ("He called it a “vassal” state.", "vassal"),
    ],
)
def test_marks_of_the_source_are_recognised(text: str, quote: str) -> None:
    assert is_quoted(text, span_of(text, quote))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("He said that they will stay.", "they will stay."),
        ("“We will stay,” he said.", "will stay,"),
        ("“We will stay,” he said.", "We will"),
        ("We will stay.", "We will stay."),
        ("He was 5'10 tall and he said so.", "10 tall"),
    ],
)
def test_words_without_marks_are_no_quote(text: str, quote: str) -> None:
    assert not is_quoted(text, span_of(text, quote))


def test_a_quote_is_proved_within_its_evidence_only() -> None:
    quote = QUOTED.statement.quote
    assert quote is not None
    prove_quote(TEXTS, QUOTED.citation, quote)
    with pytest.raises(UnprovedLineError):
        prove_quote(TEXTS, citation(ARTICLE, LINE), quote)
    with pytest.raises(UnprovedLineError):
        prove_quote({}, QUOTED.citation, quote)
    unmarked = article("We will not fish these waters empty, she said.")
    line = replace(QUOTED.citation, span=Span(0, len(unmarked.text)))
    with pytest.raises(UnprovedLineError):
        prove_quote({unmarked.id: unmarked.text}, line, Span(0, 36))
