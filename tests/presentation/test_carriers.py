"""Who else carries a sentence."""

from dataclasses import replace

from bot.articles.model import Citation
from bot.language.spans import Span
from bot.presentation.carriers import carriers_words

OWN = Citation("a", "a.txt", None, "Norland Post", None, None, None, Span(0, 5), agency="Vik Wire")


def test_prints_of_one_agency_are_not_called_further_sources() -> None:
    wired = replace(OWN, article_id="b", outlet="Sudland Times")
    other = replace(OWN, article_id="c", outlet="Harbour Gazette", agency=None)

    assert carriers_words((OWN,)) == ()
    assert carriers_words((OWN, wired)) == ("the same Vik Wire text in Sudland Times",)
    assert carriers_words((OWN, wired, other), str.upper) == (
        "the same VIK WIRE text in SUDLAND TIMES",
        "also in HARBOUR GAZETTE",
    )
