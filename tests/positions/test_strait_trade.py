"""A negotiation of our own invention, from saved articles to positions, shifts and claims, with no code of its own."""

import pytest

from bot.articles.clean import Cleaner
from bot.articles.model import Article, RawDocument
from bot.dossier import Dossier
from bot.language.lexicon import Lexicon
from bot.positions.digests import compose_digest
from bot.positions.evidence import evidence_of
from bot.positions.model import Cell, Digest, Evidence, Mode, Stance
from bot.positions.reader import Reader
from tests.positions.conftest import STRAIT

FOR, AGAINST, CONDITIONAL = Stance.FOR, Stance.AGAINST, Stance.CONDITIONAL


@pytest.fixture(scope="module")
def known(lexicon: Lexicon, strait: Dossier) -> tuple[Evidence, ...]:
    """All evidence of the four articles."""
    cleaner, reader = Cleaner(lexicon), Reader(lexicon, strait)
    found: list[Evidence] = []
    for path in sorted((STRAIT / "articles").glob("*.txt")):
        article = cleaner.clean(RawDocument("strait", path.name, path.read_bytes()), source_name="Strait articles")
        assert isinstance(article, Article)
        found += evidence_of(article, reader.read(article), article.id)
    return tuple(found)


def digest_of(strait: Dossier, known: tuple[Evidence, ...], actor: str | None, topic: str | None = None) -> Digest:
    return compose_digest(strait, known, actor_id=actor, topic_id=topic, articles=4)


STANDS = [
    ("petz", "fishing-access", CONDITIONAL),
    ("petz", "steel-tariff", AGAINST),
    ("petz", "joint-court", AGAINST),
    ("petz", "leaders-meeting", AGAINST),
    ("solen", "fishing-access", AGAINST),
    ("solen", "carbon-levy", FOR),
    ("solen", "steel-tariff", AGAINST),
    ("brand", "carbon-levy", CONDITIONAL),
    ("brand", "leaders-meeting", FOR),
    ("quill", "joint-court", FOR),
    ("aldmark", "fishing-access", FOR),
    ("aldmark", "steel-tariff", AGAINST),
    ("aldmark", "joint-court", FOR),
    ("verinia", "fishing-access", AGAINST),
    ("verinia", "joint-court", AGAINST),
    ("tidal-league", "joint-court", FOR),
]


@pytest.mark.parametrize(("actor", "topic", "expected"), STANDS)
def test_where_they_stand(
    strait: Dossier, known: tuple[Evidence, ...], actor: str, topic: str, expected: Stance
) -> None:
    (cell,) = digest_of(strait, known, actor, topic).cells
    assert cell.position is not None
    assert cell.position.stance is expected, cell.position.evidence[0].statement.rules


@pytest.mark.parametrize(
    ("actor", "topic"), [("quill", "steel-tariff"), ("solen", "joint-court"), ("solen", "leaders-meeting")]
)
def test_where_nothing_was_found(strait: Dossier, known: tuple[Evidence, ...], actor: str, topic: str) -> None:
    digest = digest_of(strait, known, actor, topic)
    assert digest.cells == (Cell(digest.cells[0].holder, topic, None),)
    assert digest.articles == 4


def test_own_words_decide_over_the_narrators_of_the_same_day(strait: Dossier, known: tuple[Evidence, ...]) -> None:
    (cell,) = digest_of(strait, known, "petz", "joint-court").cells
    assert cell.position is not None
    assert cell.position.kind is Mode.QUOTE
    assert "out of the question" in cell.position.evidence[0].text


def test_shifts(strait: Dossier, known: tuple[Evidence, ...]) -> None:
    shifts = digest_of(strait, known, "verinia").shifts
    told = {(one.holder.actor_id, one.topic_id, one.before is not None) for one in shifts}
    assert ("petz", "joint-court", True) in told
    assert ("solen", "steel-tariff", False) in told
    assert "fishing-access" not in {topic for _, topic, _ in told}, "two spokesmen are no shift"


def test_claim_that_solen_agreed_is_contested_by_her_minister(strait: Dossier, known: tuple[Evidence, ...]) -> None:
    (found,) = digest_of(strait, known, None, "leaders-meeting").contested
    assert found.claim.statement.speaker.actor_id == "rehn"
    assert found.answer is not None
    assert found.answer.statement.speaker.actor_id == "petz"


def test_every_line_is_the_articles_own(known: tuple[Evidence, ...]) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in (STRAIT / "articles").glob("*.txt")}
    assert known
    assert all(one.text in texts[one.citation.location] for one in known)
