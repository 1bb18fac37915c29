"""Random negotiations: dossiers with invented actors, articles from well formed to hostile, and services over them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.articles.clean import Cleaner
from bot.articles.identity import article_id
from bot.articles.model import Article, RawDocument
from bot.articles.stories import fingerprint, group_stories
from bot.dossier import Actor, ActorKind, Dossier, Topic
from bot.language.lexicon import Lexicon
from bot.positions.questions import QuestionReader
from bot.positions.reader import Reader
from bot.services.briefs import BriefService
from bot.services.editions import EditionLedger
from bot.services.evidence import EvidenceService
from bot.services.names import Names
from bot.services.ports import Entry
from bot.services.positions import PositionService
from bot.services.proofs import ProofService
from bot.services.searching import SearchService
from bot.storage.database import Database

NOW = datetime(2031, 6, 1, 9, tzinfo=UTC)

_PERSONS = ("Mara Lind", "Jon Vesterby", "Sean O’Dowd", "Élodie d’Arc", "Ann Lee-Roth", "Bo *Star* Ek")
_STATES = ("Norland", "Südmark", "the Isle of Grey")
_TOPICS = (("quota", "tonnes"), ("harbour", "port"), ("patrols", "ships"), ("tariff", "duties"))
_VERBS = ("said", "told reporters", "insisted", "warned on Friday", "added")
_VIEWS = (
    "rejected a higher {topic}",
    "would accept the {topic} only if ships are counted",
    "backs the {topic}",
    "said that the {topic} must be agreed first",
    "dropped the demand for a {topic}",
    "has never agreed to the {topic}",
    "refused to discuss the {topic}, {other} said",
)
_MARKS = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("“", ""), ("", "”"), ("«", "»"), ('"', ""), ("“‘", "’”"))
_DATES = ("2 May 2031", "9 May 2031", "16 May 2031", "23 May 2031", "")
_HOSTILE = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=60),
    st.sampled_from(
        (
            "# Heading **bold** _it_ ~~s~~ ||x|| `c` [here](https://evil.example) <@905> @everyone",
            "> quoted\n-# small\n1. list\n- item",
            "\x1b[31mred\x1b[0m \u202eright to left\u202c \u200bzero\u2060 \x00nul \x07",
            "“He said “no” and left. 'Never'' \"Why?",
            "word " * 900,
            "<script>alert('x')</script>&amp;&quot; \\ \\\\ \\* /prove edition:B-00000000 line:1",
            "‘We won’t,’ she said. ’Tis the ports’ quota.",
            "...?!… . ” “ — ;",
        )
    ),
)


@dataclass(frozen=True)
class Text:
    """A document before anything has been done to it."""

    name: str
    content: str


@dataclass(frozen=True)
class Case:
    """A dossier with its documents."""

    dossier: Dossier
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class World:
    """Services over what was stored of a case."""

    dossier: Dossier
    briefs: BriefService
    positions: PositionService
    evidence: EvidenceService
    searching: SearchService
    proofs: ProofService
    articles: tuple[Article, ...]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Two sides, one of them with two officials, on one to three topics; up to five documents, some of them copies."""
    persons = draw(st.permutations(_PERSONS))[:4]
    states = draw(st.permutations(_STATES))[:2]
    topics = draw(st.permutations(_TOPICS))[: draw(st.integers(1, 3))]
    actors = [Actor(f"s{n}", name, ActorKind.STATE) for n, name in enumerate(states)]
    for n, name in enumerate(persons[:3]):
        side = actors[n % 2]
        surname = name.split()[-1]
        actors.append(
            Actor(f"p{n}", name, ActorKind.PERSON, (surname,), f"minister of {side.name}", side.id, principal=n == 0)
        )
    dossier = Dossier(
        id="random",
        title=draw(st.sampled_from(("Herring talks", "*Talks* “of the coast”"))),
        language="en",
        sources=(),
        actors=tuple(actors),
        topics=tuple(
            Topic(words[0], words[0].title(), words, f"The {words[0]} is raised." if n != 1 else None)
            for n, words in enumerate(topics)
        ),
        digest="random",
    )
    names = [*persons, *states]
    texts = [_text(draw, number, names, [words[0] for words in topics]) for number in range(draw(st.integers(1, 4)))]
    if draw(st.booleans()):
        texts.append(Text("copy.txt", texts[0].content.replace("Post", "Herald", 1)))
    return Case(dossier, tuple(texts))


def _text(draw: st.DrawFn, number: int, names: Sequence[str], topics: Sequence[str]) -> Text:
    date = draw(st.sampled_from(_DATES))
    head = ["A headline about the talks", "", "Norland Post", date, ""] if date else []
    paragraphs = [_paragraph(draw, names, topics) for _ in range(draw(st.integers(1, 6)))]
    return Text(f"{number} {date or 'undated'}.txt", "\n".join(head) + "\n\n".join(paragraphs) + "\n")


def _paragraph(draw: st.DrawFn, names: Sequence[str], topics: Sequence[str]) -> str:
    one, other, topic = draw(st.sampled_from(names)), draw(st.sampled_from(names)), draw(st.sampled_from(topics))
    opening, closing = draw(st.sampled_from(_MARKS))
    view = draw(st.sampled_from(_VIEWS)).format(topic=topic, other=other)
    verb, noise = draw(st.sampled_from(_VERBS)), draw(_HOSTILE)
    shapes = (
        f"{one} {view} in the capital on Monday.",
        f"{opening}We want the {topic} and nothing else,{closing} {one} {verb}. {other} {view}.",
        f"{one} {verb}: {opening}The {topic} is fine.{closing} {noise}",
        f"{opening}No {topic} for {other}, never.{closing} {one} {verb}. {opening}We {noise} the {topic}.{closing}",
        f"{one} {verb} the {topic} was {opening}{noise}{closing}, and {other} agreed to it.",
        noise,
    )
    return draw(st.sampled_from(shapes))


async def settle(case: Case, lexicon: Lexicon, database: Database) -> World:
    """Clean, read and store the case's documents as a load does, and put the services over them."""
    cleaner, reader = Cleaner(lexicon), Reader(lexicon, case.dossier)
    entries = []
    for text in case.texts:
        raw = RawDocument("source", text.name, text.content.encode())
        article = cleaner.clean(raw, source_name="Coast papers", not_after=NOW)
        if isinstance(article, Article):
            assert article.id == article_id("source", text.name)
            entries.append(Entry(article, reader.read(article), fingerprint(article), "v", NOW, baseline=True))
    corpus = database.corpus
    await corpus.save(entries)
    await corpus.save_stories(group_stories(await corpus.fingerprints()))
    names = Names(case.dossier)
    names.learn_speakers(await corpus.speakers())
    ledger = EditionLedger(corpus=corpus, editions=database.editions, names=names, clock=lambda: NOW)
    return World(
        dossier=case.dossier,
        briefs=BriefService(
            dossier=case.dossier,
            lexicon=lexicon,
            corpus=corpus,
            states=database.source_states,
            names=names,
            ledger=ledger,
            clock=lambda: NOW,
            default_items=12,
        ),
        positions=PositionService(dossier=case.dossier, corpus=corpus, names=names, ledger=ledger),
        evidence=EvidenceService(dossier=case.dossier, corpus=corpus, names=names, ledger=ledger, clock=lambda: NOW),
        searching=SearchService(
            dossier=case.dossier,
            corpus=corpus,
            names=names,
            ledger=ledger,
            clock=lambda: NOW,
            reader=QuestionReader(lexicon, case.dossier),
        ),
        proofs=ProofService(corpus=corpus, editions=database.editions, names=names),
        articles=tuple(entry.article for entry in entries),
    )
