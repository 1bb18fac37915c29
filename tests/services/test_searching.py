"""Search and questions over an invented negotiation: what is answered, by whose words, and what is not."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.articles.clean import Cleaner
from bot.articles.model import Article, RawDocument
from bot.articles.stories import fingerprint, group_stories
from bot.briefings.findings import Reply
from bot.errors import InvalidInputError, NotFoundError
from bot.positions.questions import QuestionReader
from bot.positions.reader import Reader
from bot.services.editions import EditionLedger
from bot.services.names import Names
from bot.services.ports import Entry
from bot.services.proofs import ProofService
from bot.services.results import AskRequest, SearchRequest
from bot.services.searching import SearchService
from bot.storage.database import Database, open_database
from config.loading import load_dossier, load_lexicon
from tests.worlds import write_world

NOW = datetime(2025, 5, 10, 12, tzinfo=UTC)
LEXICON = load_lexicon(Path("config/lexicon"), "en")
MORE = {
    "2025-05-06-post.txt": (
        "Norland doubts the figures",
        "Norland Post",
        "By Ida Berg",
        "6 May 2025",
        "Mara Lind said on Tuesday that the scientists in Lysund had counted the herring twice. "
        "“Sudland must show its logbooks first,” she said. "
        "Jon Vesterby rejected the demand and called Norland a neighbour that never listens.",
        "The ferry between the coasts runs again since Monday, after a winter of storms.",
    ),
    "2025-05-07-coast.txt": (
        "Fishermen march through Lysund",
        "The Coast Herald",
        "By Per Holm",
        "7 May 2025",
        "Fishermen marched through Lysund on Wednesday and threw nets before the town hall. "
        "“Nobody asked us about the quota,” said Greta Olsen, the head of the fishermen’s union. "
        "The police counted four hundred people.",
        "Greta Olsen also warned that the union would block the harbours if the quota was lowered.",
    ),
    "2025-05-08-wire.txt": (
        "Norland would accept observers",
        "Meridian Wire",
        "8 May 2025",
        "LYSUND — Norland would accept observers on its ships, Mara Lind said on Thursday. "
        "Jon Vesterby promised an answer within a week.",
    ),
}


class Desk:
    """The service over a corpus of articles, and what proves its lines."""

    def __init__(self, database: Database, folder: Path) -> None:
        world = write_world(folder)
        for name, paragraphs in MORE.items():
            (world.articles / name).write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
        self.articles = world.articles
        self.dossier = load_dossier(world.dossier)
        self.database = database
        self.names = Names(self.dossier)
        ledger = EditionLedger(corpus=database.corpus, editions=database.editions, names=self.names, clock=lambda: NOW)
        self.service = SearchService(
            dossier=self.dossier,
            corpus=database.corpus,
            names=self.names,
            ledger=ledger,
            clock=lambda: NOW,
            reader=QuestionReader(LEXICON, self.dossier),
        )
        self.proofs = ProofService(corpus=database.corpus, editions=database.editions, names=self.names)

    async def fill(self) -> "Desk":
        cleaner, reader = Cleaner(LEXICON), Reader(LEXICON, self.dossier)
        entries = []
        for path in sorted(self.articles.iterdir()):
            raw = RawDocument("coast", path.name, path.read_bytes())
            article = cleaner.clean(raw, source_name="Coast papers", not_after=NOW)
            assert isinstance(article, Article)
            entries.append(Entry(article, reader.read(article), fingerprint(article), "v", NOW, baseline=True))
        await self.database.corpus.save(entries)
        await self.database.corpus.save_stories(group_stories(await self.database.corpus.fingerprints()))
        self.names.learn_speakers(await self.database.corpus.speakers())
        return self

    async def asked(self, question: str) -> Reply:
        return await self.service.ask(AskRequest(question))


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    database = await open_database("sqlite://")
    yield await Desk(database, tmp_path).fill()
    await database.close()


# A question, whose words are asked for (None: anybody's), and a part of a sentence that must answer it first.
ANSWERED = (
    ("What does Lind say about the quota?", ("lind",), "higher herring quota|We will not raise"),
    ("what did mara lind say about raising the quota", ("lind",), "higher herring quota|We will not raise"),
    ("Does Lind want a higher quota?", ("lind",), "higher herring quota"),
    ("What is Vesterby's position on the ports?", ("vesterby",), "would open two ports"),
    ("What does Jon Vesterby say about the quota?", ("vesterby",), "needed a quota of 40,000"),
    ("What did Vesterby promise?", ("vesterby",), "promised an answer within a week"),
    ("Did Vesterby reject the demand?", ("vesterby",), "Jon Vesterby rejected the demand"),
    ("What does Norland say about observers?", ("norland",), "would accept observers"),
    ("What does Lind say about the scientists?", ("lind",), "counted the herring twice"),
    ("What did Lind say about Sudland's logbooks?", ("lind",), "Sudland must show its logbooks"),
    ("What did Greta Olsen say about the quota?", ("Greta Olsen",), "Nobody asked us about the quota"),
    ("What did Olsen and Greta Olsen warn of?", ("Greta Olsen",), "would block the harbours"),
    ("Who marched through Lysund?", (), "Fishermen marched through Lysund"),
    ("How many people did the police count?", (), "four hundred people"),
    ("When does the ferry run again?", (), "The ferry between the coasts runs again"),
    ("Who rejected the quota?", (), "rejected a higher herring quota"),
    ("What did Lind say on 8 May 2025?", ("lind",), "would accept observers"),
    ("What do Lind and Vesterby say about ports?", ("lind", "vesterby"), "ports|harbour"),
)  # fmt: skip
UNANSWERABLE = (
    "What does Lind say about nuclear weapons?",
    "What does Vesterby say about observers?",  # that is what Lind said
    "What does Vesterby think about the ferry?",
    "Does Lind support a ban on plastic?",
    "What does Greta Olsen say about the observers?",
    "Who won the football match?",
    "What is the capital of France?",
    "How old is Lind?",
    "What did Lind say about the quota on 1 January 2024?",
    "What does Lind say about the quota of whales?",
    "why",
    "?!",
)  # fmt: skip


@pytest.mark.parametrize(("question", "asked_of", "expected"), ANSWERED)
async def test_what_can_be_answered_is(desk: Desk, question: str, asked_of: tuple[str, ...], expected: str) -> None:
    reply = await desk.asked(question)
    assert tuple(one.actor_id or one.name for one in reply.understood.holders) == asked_of
    assert reply.hits
    assert any(part in reply.hits[0].text for part in expected.split("|")), reply.hits[0].text


@pytest.mark.parametrize("question", UNANSWERABLE)
async def test_what_cannot_be_answered_is_not(desk: Desk, question: str) -> None:
    if not any(character.isalnum() for character in question):
        with pytest.raises(InvalidInputError, match="question"):
            await desk.asked(question)
        return
    reply = await desk.asked(question)
    assert reply.hits == ()
    assert reply.edition is None


@pytest.mark.parametrize("question", [*(one[0] for one in ANSWERED), *UNANSWERABLE[:-1]])
async def test_nobody_else_is_presented_as_who_was_asked(desk: Desk, question: str) -> None:
    """Of a state its officials may speak; of a person nobody else may."""
    reply = await desk.asked(question)
    asked = {one.actor_id or one.name for one in reply.understood.holders}
    speaking = asked | {actor.id for actor in desk.dossier.actors if actor.side in asked}
    for hit in reply.hits if asked else ():
        assert hit.evidence is not None
        speaker = hit.evidence.statement.speaker
        assert (speaker.actor_id or speaker.name) in speaking
        assert hit.text == hit.evidence.text


async def test_nothing_found_says_what_could_be_asked(desk: Desk) -> None:
    reply = await desk.asked("What does Vesterby think about the ferry?")
    assert reply.spoken_on
    assert set(reply.spoken_on) <= {"quota", "ports"}
    assert reply.understood.words == ("ferry",)
    unknown = await desk.asked("Who won the football match?")
    assert unknown.understood.unknown == ("football", "match") or "football" in unknown.understood.unknown
    assert unknown.spoken_on == ()


async def test_the_lines_of_search_and_reply_can_be_proved(desk: Desk) -> None:
    found = await desk.service.search(SearchRequest("quota"))
    reply = await desk.asked("What does Lind say about the quota?")
    for answer in (found, reply):
        assert answer.edition is not None
        proof = await desk.proofs.prove(answer.edition, 1)
        assert proof.line.text == answer.hits[0].text


async def test_search_by_actor_shows_statements_of_that_actor_alone(desk: Desk) -> None:
    found = await desk.service.search(SearchRequest("quota", actor="Vesterby"))
    assert [hit.evidence.statement.speaker.actor_id for hit in found.hits if hit.evidence] == ["vesterby"]
    assert "40,000" in found.hits[0].text
    topic = await desk.service.search(SearchRequest("fishermen", topic="quota"))
    assert all("fishermen" in hit.text.casefold() for hit in topic.hits)
    late = await desk.service.search(SearchRequest("quota", since="2025-05-05"))
    assert late.hits
    assert all(hit.citation.published and hit.citation.published.at.day >= 7 for hit in late.hits)
    with pytest.raises(NotFoundError):
        await desk.service.search(SearchRequest("quota", actor="nobody at all"))


async def test_where_no_sentence_holds_all_words_those_with_most_are_shown(desk: Desk) -> None:
    found = await desk.service.search(SearchRequest("fishermen marched walrus"))
    assert found.any_word
    assert [hit.text for hit in found.hits] == [
        "Fishermen marched through Lysund on Wednesday and threw nets before the town hall."
    ]
    assert not (await desk.service.search(SearchRequest("fishermen walrus unicorn"))).hits


@pytest.mark.parametrize("line", ["", '"', "🐟", "\x00", "-quota", "NEAR(", "*", "q" * 5000, "the", "the of"])
async def test_no_search_is_an_error(desk: Desk, line: str) -> None:
    found = await desk.service.search(SearchRequest(line))
    assert found.sought == " ".join(line.split())


async def test_a_copy_is_told_once_with_both_its_prints(desk: Desk) -> None:
    (stored,) = await desk.database.corpus.find_articles("Fishermen march", 1)
    (whole,) = await desk.database.corpus.stored([stored.id])
    copy = replace(stored, id="copy", location="copy.txt", outlet="Other Herald")
    mark = fingerprint(copy)
    await desk.database.corpus.save([Entry(copy, whole.reading, mark, "v", NOW, baseline=True)])
    await desk.database.corpus.save_stories(group_stories(await desk.database.corpus.fingerprints()))
    (hit,) = (await desk.service.search(SearchRequest("threw nets"))).hits
    assert {hit.citation.outlet, *(one.outlet for one in hit.others)} == {"The Coast Herald", "Other Herald"}
