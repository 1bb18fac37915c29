"""A whole document through the cleaner."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.articles.clean import Cleaner
from bot.articles.model import Article, RawDocument, Unusable
from bot.language.blocks import BlockKind
from bot.language.lexicon import Lexicon

Clean = Callable[..., Article]

ONE = "The two delegations met for the third time on Tuesday and agreed on nothing but the date of the next round."
TWO = "“We have moved by a hand’s breadth,” said the head of the larger delegation as she left the palace."
THREE = "Nobody else would say anything at all, which diplomats of both sides called the best sign in months."
PAGE = f"""\
Home
World
Talks end with a date and little else
By Jane Doe
Published August 20, 2025
5 min read
{ONE}
The two envoys shake hands before their talks in Geneva on August 19, 2025.
{TWO}
ADVERTISEMENT
What comes next
{THREE}
- Borders are left for the autumn.
- Prisoners come first.
Share this article
Related articles
Five things to know about the talks
The post Talks end with a date and little else appeared first on The Daily Example.
"""


def test_a_saved_page(clean: Clean) -> None:
    article = clean(PAGE)
    assert article.title == "Talks end with a date and little else"
    assert article.author == "Jane Doe"
    assert article.outlet == "The Daily Example"
    assert article.published is not None
    assert article.published.iso() == "2025-08-20"
    assert [(block.kind, block.span.of(article.text)) for block in article.blocks] == [
        (BlockKind.TITLE, "Talks end with a date and little else"),
        (BlockKind.PARAGRAPH, ONE),
        (BlockKind.PARAGRAPH, TWO),
        (BlockKind.HEADING, "What comes next"),
        (BlockKind.PARAGRAPH, THREE),
        (BlockKind.BULLET, "Borders are left for the autumn."),
        (BlockKind.BULLET, "Prisoners come first."),
    ]


def test_every_dropped_line_names_its_rule(clean: Clean) -> None:
    rules = {one.text: one.rule for one in clean(PAGE).dropped}
    assert rules["5 min read"] == "read time"
    assert rules["ADVERTISEMENT"] == "advertisement"
    assert rules["By Jane Doe"] == "byline"
    assert rules["Home"] == "read more"
    assert rules["World"] == rules["Five things to know about the talks"] == "shape of the line"
    assert rules["The two envoys shake hands before their talks in Geneva on August 19, 2025."] == "caption"


def test_every_line_is_kept_or_dropped_and_none_is_changed(clean: Clean) -> None:
    article = clean(PAGE)
    kept = [line for line in article.text.split("\n") if line]
    dropped = [one.text for one in article.dropped]
    assert sorted(kept + dropped) == sorted(line for line in PAGE.split("\n") if line)


def test_clean_text_stays_as_it_is(clean: Clean) -> None:
    text = f"\n\n{ONE}\n\n\n{TWO}  \n\u00a0 {THREE}\n"
    assert clean(text).text == text.strip()
    assert clean(text).dropped == ()


def test_windows_newlines_and_marks_are_normalised_once(cleaner: Cleaner) -> None:
    document = RawDocument("s", "a", b"\xef\xbb\xbf" + f"{ONE}\r\n\r\n{TWO}".encode())
    article = cleaner.clean(document, source_name="")
    assert isinstance(article, Article)
    assert article.text == f"{ONE}\n\n{TWO}"


def test_what_the_text_does_not_say_stays_unknown(clean: Clean) -> None:
    article = clean(f"{ONE}\n\n{TWO}")
    assert (article.title, article.author, article.outlet, article.published, article.url) == (None,) * 5
    assert article.provenance == {}


def test_front_matter_is_metadata_and_no_text(clean: Clean) -> None:
    article = clean(f"Title: A date\nSource: The Daily Example\nDate: 2025-08-20\nURL: https://x.example/a\n\n{ONE}")
    assert (article.title, article.outlet, article.url) == ("A date", "The Daily Example", "https://x.example/a")
    assert article.text == ONE
    assert article.provenance["title"] == "text: metadata: title"


def test_what_the_source_says_goes_before_what_the_text_says(clean: Clean) -> None:
    article = clean(PAGE, title="Another headline", published="2025-08-21T10:00:00+00:00", url="https://x.example/b")
    assert article.title == "Another headline"
    assert article.published is not None
    assert article.published.iso() == "2025-08-21T10:00:00+00:00"
    assert article.provenance["title"] == article.provenance["published"] == "source"
    assert article.author == "Jane Doe"


def test_a_future_date_is_refused_and_claims_no_origin(cleaner: Cleaner) -> None:
    document = RawDocument("s", "a", PAGE.encode())
    article = cleaner.clean(document, source_name="", not_after=datetime(2025, 8, 1, tzinfo=UTC))
    assert isinstance(article, Article)
    assert article.published is None
    assert "published" not in article.provenance


def test_names_beside_a_time_to_read_or_a_date_are_author_and_outlet(clean: Clean) -> None:
    article = clean(
        f"Talks end with a date and little else\n\nJane Doe\nDaily Tribune\nAugust 20, 2025\n\n{ONE}\n{TWO}"
    )
    assert (article.author, article.outlet) == ("Jane Doe", "Daily Tribune")


def test_the_place_beside_a_name_is_no_part_of_it(clean: Clean) -> None:
    article = clean(f"Ministers reject the plan\n\n20 August 2025\nJane Doe\nExample News, Geneva\n{ONE}\n{TWO}")
    assert (article.author, article.outlet) == ("Jane Doe", "Example News")


def test_an_agency_above_the_outlet_is_the_author(clean: Clean) -> None:
    article = clean(f"Talks end with a date\n\nExample Press\nDaily Tribune\nAugust 20, 2025\n\n{ONE}\n{TWO}")
    assert (article.author, article.outlet) == ("Example Press", "Daily Tribune")


def test_an_outlet_that_repeats_over_the_source_is_still_read(cleaner: Cleaner) -> None:
    text = f"Ministers reject the plan\nBy Jane Doe\nDaily Tribune\nAugust 20, 2025\n{ONE}\n{TWO}"
    repeated = frozenset({"By Jane Doe", "Daily Tribune"})
    article = cleaner.clean(RawDocument("s", "a", text.encode()), source_name="", repeated=repeated)
    assert isinstance(article, Article)
    assert (article.author, article.outlet) == ("Jane Doe", "Daily Tribune")


def test_a_last_short_sentence_stays_below_what_was_dropped(clean: Clean) -> None:
    last = "The meeting would be the first since 2019."
    article = clean(f"{ONE}\nRelated article\nJane Doe/Getty Images\n{last}\nJane Doe contributed to this report.")
    assert article.text == f"{ONE}\n{last}"


def test_a_headline_that_stands_again_is_dropped(clean: Clean) -> None:
    article = clean(f"Talks end with a date and little else\nTalks end with a date and little else\n\n{ONE}\n{TWO}")
    assert [one.rule for one in article.dropped] == ["repeats the title"]


def test_a_credit_takes_its_caption_along(clean: Clean) -> None:
    article = clean(f"{ONE}\nSmoke is rising over the harbour after the strike.\nJane Doe/Getty Images\n{TWO}\n{THREE}")
    assert article.text == f"{ONE}\n{TWO}\n{THREE}"


def test_what_stands_between_a_picture_and_its_credit_is_the_caption(clean: Clean) -> None:
    article = clean(f"{ONE}\nImage\nThe court in The Hague last week.\nCredit...Jane Doe for The Example Times\n{TWO}")
    assert article.text == f"{ONE}\n{TWO}"


def test_a_short_letter_with_little_prose_loses_none(clean: Clean) -> None:
    first = "The talks will fail because neither side can afford for them to succeed, and both know it."
    second = "The river is worth four billion a year to whoever holds the dam above the falls."
    article = clean(
        f"Why the talks will fail\nJane Doe\nAug 20, 2025\nShare\n{first}\n\n1. Money\n{second}\n\nReady for more?"
    )
    assert article.title == "Why the talks will fail"
    assert article.text.endswith(f"{first}\n\n1. Money\n{second}")


def test_lines_that_repeat_over_the_source_are_dropped(cleaner: Cleaner) -> None:
    letter = "We write to you every week, and you write back, which is what we like best about our work here."
    document = RawDocument("s", "a", f"{ONE}\n{letter}\n{TWO}\nThe Test Source".encode())
    article = cleaner.clean(document, source_name="The Test Source", repeated=frozenset({letter}))
    assert isinstance(article, Article)
    assert article.text == f"{ONE}\n{TWO}"
    assert {one.rule for one in article.dropped} == {"repeats over the source"}


def test_the_headline_of_a_page_is_its_title(clean: Clean) -> None:
    page = "<html><head><title>A date | X</title><meta property='og:title' content='A date'></head><body><article>"
    article = clean(
        f"{page}<h1>A date</h1><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></article></body>", media_type="text/html"
    )
    assert article.title == "A date"
    assert [block.kind for block in article.blocks] == [BlockKind.TITLE] + [BlockKind.PARAGRAPH] * 3
    assert article.blocks[0].span.of(article.text) == "A date"


def test_an_interview_keeps_its_short_answers(clean: Clean) -> None:
    text = f"{ONE}\n\nWill it hold?\n\nI hope so.\n\n{TWO}\n\nAnd if not?\n\n{THREE}\n\n{ONE}"
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("content", "media_type", "reason"),
    [
        (b"", "text/plain", "is empty"),
        (b" \r\n\t", "text/plain", "is empty"),
        (b"GIF89a\0\0\xff", "text/plain", "is not text"),
        (b"a\n" * 60_000, "text/plain", "has more than 50,000 lines, which no article has"),
        (b"Share\nSubscribe\nAdvertisement", "text/plain", "nothing is left after cleaning"),
        (b"<html><body><p>Menu</p></body></html>", "text/html", "no article was found in the page"),
    ],
)
def test_what_holds_no_article_is_said_to(cleaner: Cleaner, content: bytes, media_type: str, reason: str) -> None:
    assert cleaner.clean(RawDocument("s", "a.txt", content, media_type), source_name="") == Unusable("a.txt", reason)


def test_identity_depends_on_place_and_hash_on_content(clean: Clean) -> None:
    one, again, elsewhere, changed = clean(ONE), clean(ONE), clean(ONE, location="b.txt"), clean(TWO)
    assert one == again
    assert elsewhere.id != one.id == changed.id
    assert elsewhere.content_hash == one.content_hash != changed.content_hash
    assert one.content_hash != hashlib.sha256(b"").hexdigest()


def test_version_follows_the_lexicon(lexicon: Lexicon) -> None:
    other = Lexicon(lexicon.language, lexicon.sections, "another digest")
    assert Cleaner(lexicon).version == Cleaner(lexicon).version != Cleaner(other).version
