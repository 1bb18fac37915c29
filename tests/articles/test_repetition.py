"""Lines that a source puts into everything."""

from bot.articles.repetition import find_repeated_lines

SENTENCE = "The two countries have been at war over the river and its dams since the spring of last year."


def texts(count: int, *, line: str, holders: int) -> list[str]:
    """`count` different articles, of which the first `holders` hold `line`."""
    own = [
        f"Article {at} tells what the {at}th delegation said on the {at}th day of the talks at the river."
        for at in range(count)
    ]
    return [f"{words}\n{line}\nEnd {at}" if at < holders else words for at, words in enumerate(own)]


def test_a_short_line_in_three_documents_is_furniture() -> None:
    assert find_repeated_lines(texts(5, line="Read the Morning Letter", holders=3)) == {"Read the Morning Letter"}


def test_two_documents_prove_nothing() -> None:
    assert find_repeated_lines(texts(5, line="What comes next", holders=2)) == frozenset()


def test_a_rare_line_of_a_large_source_is_no_furniture() -> None:
    assert find_repeated_lines(texts(100, line="What comes next", holders=4)) == frozenset()


def test_background_that_several_articles_share_is_kept() -> None:
    assert find_repeated_lines(texts(20, line=SENTENCE, holders=5)) == frozenset()


def test_a_sentence_in_nearly_everything_is_furniture() -> None:
    assert find_repeated_lines(texts(10, line=SENTENCE, holders=8)) == {SENTENCE}


def test_copies_of_one_article_count_once() -> None:
    article = "\n".join(f"{SENTENCE} So said envoy number {at} to the press." for at in range(5))
    assert find_repeated_lines([article] * 6 + texts(4, line="x", holders=0)) == frozenset()


def test_a_line_twice_in_one_document_counts_once() -> None:
    assert find_repeated_lines(["More\nMore\nMore", "Other words", "Third words"]) == frozenset()


def test_nothing_comes_of_nothing() -> None:
    assert find_repeated_lines([]) == frozenset()
