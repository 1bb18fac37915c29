"""Evidence: whole sentences around a statement, verbatim."""

from bot.articles.model import Article
from bot.language.blocks import Block, BlockKind
from bot.language.sentences import Sentence
from bot.language.spans import Span
from bot.positions.evidence import evidence_of
from bot.positions.model import Mode, Reading, Speaker, Statement

TEXT = "Solen spoke in Tarn. She rejected the levy. It was late.\nShe left."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


ARTICLE = Article(
    id="a",
    source_id="s",
    location="a.txt",
    content_hash="h",
    title=None,
    outlet="The Harbour Courier",
    author=None,
    url=None,
    published=None,
    text=TEXT,
    blocks=(Block(BlockKind.PARAGRAPH, Span(0, 56)), Block(BlockKind.PARAGRAPH, span("She left."))),
)
SENTENCES = tuple(
    Sentence(index, span(words), 0 if index < 3 else 1)
    for index, words in enumerate(("Solen spoke in Tarn.", "She rejected the levy.", "It was late.", "She left."))
)


def read(content: str, speaker: Span | None, cue: Span | None = None) -> Statement:
    who = Speaker("Solen", speaker, "solen", "Mira Solen", None, 1.0, "given")
    return Statement(1, Mode.REPORTED, who, "", cue, span(content), None)


def test_evidence_is_the_whole_sentence_verbatim() -> None:
    (found,) = evidence_of(ARTICLE, Reading(SENTENCES, (read("the levy", span("She rejected")),)), "story")
    assert found.text == "She rejected the levy."
    assert found.text == found.citation.span.of(TEXT)
    assert (found.story_id, found.citation.article_id) == ("story", "a")


def test_sentence_beside_that_names_the_speaker_belongs_to_it() -> None:
    (found,) = evidence_of(ARTICLE, Reading(SENTENCES, (read("the levy", span("Solen")),)), "story")
    assert found.text == "Solen spoke in Tarn. She rejected the levy."


def test_speaker_far_away_does_not() -> None:
    (found,) = evidence_of(ARTICLE, Reading(SENTENCES, (read("late", span("Solen")),)), "story")
    assert found.text == "It was late."


def test_sentence_of_another_paragraph_does_not() -> None:
    (found,) = evidence_of(ARTICLE, Reading(SENTENCES, (read("left", span("It was")),)), "story")
    assert found.text == "She left."


def test_statement_over_two_sentences() -> None:
    (found,) = evidence_of(ARTICLE, Reading(SENTENCES, (read("rejected the levy. It was", None),)), "story")
    assert found.text == "She rejected the levy. It was late."


def test_statement_outside_all_sentences_is_cited_by_itself() -> None:
    (found,) = evidence_of(ARTICLE, Reading((), (read("the levy", None),)), "story")
    assert found.text == "the levy"
