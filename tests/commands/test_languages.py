"""Members are answered in the language of their Discord; sentences stay as the source wrote them."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.articles.clean import Cleaner
from bot.articles.model import Article, RawDocument, cite
from bot.briefings.findings import Reply, Understood
from bot.briefings.window import parse_since
from bot.catalogues import LANGUAGES, speaking
from bot.dossier import Dossier, Topic, TopicWords, Translation
from bot.errors import InvalidInputError, NotFoundError
from bot.language.spans import Span
from bot.presentation.errors import explain
from bot.presentation.findings_pages import reply_page
from bot.presentation.text import page_text
from bot.presentation.wording import day_words, title_words, topic_words
from bot.reasons import PATTERNS, reason_words
from bot.services.names import Names
from config.loading import load_lexicon
from tests.commands.conftest import started
from tests.discord_offline import Offline
from tests.fake_services import FakeServices
from tests.presentation.samples import BRIEFING, DIGEST

PROJECT = Path(__file__).resolve().parents[2]
SPOKEN = {
    "uk": ("Опубліковано", "Зважено".lower()),
    "ru": ("Опубликовано", "взвешено"),
    "de": ("datiert", "gewogen"),
    "fr": ("daté", "pesées"),
    "es-ES": ("fecha", "ponderadas"),
    "es-419": ("fecha", "ponderadas"),
}
TALKS = Dossier(
    id="talks",
    title="Talks",
    language="en",
    sources=(),
    actors=(),
    topics=(Topic("quota", "Quota", ("quota",), "The quota stays"), Topic("port", "Port", ("port",))),
    digest="1",
    translations={"uk": Translation("Переговори", {"quota": TopicWords("Квота", "Квота залишається")})},
)


@pytest.mark.parametrize("locale", sorted(SPOKEN))
async def test_a_briefing_is_told_in_the_members_language_with_its_sentences_untouched(
    discord_bot: Offline, locale: str
) -> None:
    discord_bot.locale = locale
    await discord_bot.command("brief")
    text = discord_bot.transport.texts()
    assert SPOKEN[locale][1] in text
    assert "weighed" not in text
    for item in BRIEFING.items:
        assert item.text in text


async def test_positions_are_told_so_too(discord_bot: Offline) -> None:
    discord_bot.locale = "de"
    await discord_bot.command("positions", topic="quota")
    text = discord_bot.transport.texts()
    assert "Haltungen ergeben sich aus Regeln" in text
    assert "Stances come from rules" not in text
    held = next(cell.position for cell in DIGEST.cells if cell.position)
    assert held.evidence[0].text in text


@pytest.mark.parametrize(
    ("locale", "words"),
    [("uk", "Не вийшло"), ("de", "Das hat nicht geklappt"), ("pt-BR", "That did not work"), ("en-US", "That did not")],
)
async def test_errors_are_told_so_too(discord_bot: Offline, services: FakeServices, locale: str, words: str) -> None:
    services.briefs.answer = NotFoundError("topic", "Quotta", ("Quota",))
    discord_bot.locale = locale
    await discord_bot.command("brief", topic="Quotta")
    assert words in discord_bot.transport.texts()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "«25:00» не підходить для «час»: такого часу немає; доба триває від 00:00 до 23:59."),
        ("de", "„25:00“ passt nicht als uhrzeit: diese Zeit gibt es nicht; der Tag geht von 00:00 bis 23:59."),
        ("en", "“25:00” does not work as time: there is no such time; the day goes from 00:00 to 23:59."),
    ],
)
def test_a_reason_and_its_option_are_named_as_the_member_sees_them(language: str, words: str) -> None:
    with speaking(language):
        reason = "there is no such time; the day goes from 00:00 to 23:59"
        assert explain(InvalidInputError("time", "25:00", reason)) == words


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("is gone (answer 410)", "ist verschwunden (Antwort 410)"),
        ("an alias of the dossier; it is their envoy", "ein anderer Name aus dem Dossier; es ist deren envoy"),
        ("named in the article, too unsure to name", "im Artikel genannt, zu unsicher für einen Namen"),
        ("not a time zone; did you mean Europe/Kyiv?", "keine Zeitzone; meintest du Europe/Kyiv?"),
        ("words of a server that nobody foresaw", "words of a server that nobody foresaw"),
        ("gain 0.31; relevance 0.50 of 1; takes a stance", "Gewinn 0.31; Bedeutung 0.50 von 1; bezieht Stellung"),
    ],
)
def test_reasons_kept_in_english_are_said_again_in_the_readers_language(reason: str, words: str) -> None:
    with speaking("de"):
        assert reason_words(reason) == words
    assert reason_words(reason) == reason


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_every_reason_is_recognised(language: str) -> None:
    with speaking(language):
        for pattern in PATTERNS:
            filled = pattern.replace("{reason}", "is empty").replace("{", "").replace("}", "")
            assert reason_words(filled) != filled, pattern


def test_days_are_written_as_the_language_writes_them() -> None:
    at = datetime(2031, 5, 3, tzinfo=UTC)
    with speaking("de"):
        assert day_words(at) == "3. Mai 2031"
    with speaking("fr"):
        assert day_words(at) == "3 mai 2031"
    assert day_words(at) == "3 May 2031"


def test_a_dossiers_own_words_follow_and_are_found_in_every_language() -> None:
    names = Names(TALKS)
    with speaking("uk"):
        assert (title_words(TALKS), topic_words(TALKS, "quota"), topic_words(TALKS, "port")) == (
            "Переговори",
            "Квота",
            "Port",
        )
        assert [one.label for one in names.topics("кво")] == ["Квота"]
        assert [one.value for one in names.topics("Quo")] == ["quota"]
    assert names.find_topic("Квота") == "quota"
    assert [one.label for one in names.topics("кво")] == ["Quota"]


async def test_an_article_in_another_language_is_marked_and_left_as_it_is(
    discord_bot: Offline, services: FakeServices
) -> None:
    first, *rest = BRIEFING.items
    foreign = replace(first, citations=(replace(first.citations[0], language="de"), *first.citations[1:]))
    services.briefs.answer = replace(BRIEFING, items=(foreign, *rest))
    discord_bot.locale = "uk"
    await discord_bot.command("brief")
    text = discord_bot.transport.texts()
    assert "(німецька)" in text
    assert first.text in text


@pytest.mark.parametrize(
    ("said", "language"), [("de-AT", "de"), ("pt_BR", "pt"), ("en-GB", None), ("", None), ("german", None)]
)
def test_the_language_of_an_article_is_what_its_publisher_says(said: str, language: str | None) -> None:
    lexicon = load_lexicon(PROJECT / "config" / "lexicon", "en")
    words = b"Mara Lind said that the quota stays as it is. The talks go on.\n\nNobody left the table on Monday."
    document = RawDocument("s1", "talks.txt", words, "text/plain", hints={"language": said} if said else {})
    article = Cleaner(lexicon).clean(document, source_name="Post")
    assert isinstance(article, Article)
    assert article.language == language
    assert cite(article, Span(0, 4)).language == language


async def test_title_and_topics_are_in_the_members_language_wherever_they_stand() -> None:
    services = FakeServices(replace(TALKS, translations={"de": TALKS.translations["uk"]}))
    async with started(services) as bot:
        bot.locale = "de"
        for name in ("setup", "status"):
            bot.transport.sent.clear()
            await bot.command(name)
            assert "Переговори" in bot.transport.texts()
            assert "Talks" not in bot.transport.texts()
    understood = Understood((), None, (), (), parse_since("all", datetime(2031, 5, 4, tzinfo=UTC)))
    reply = Reply("talks", "?", understood, hits=(), spoken_on=(), articles=3)
    with speaking("uk"):
        page = page_text(reply_page(reply, TALKS), 80)
    assert "Квота, Port" in page
