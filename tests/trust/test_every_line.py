"""The promise, over random negotiations: every line shown is the stored text at its span, every mark the source's.

Each example goes the whole way: clean, read, store, answer, render as text, Markdown and Discord components. What a
renderer may do to a line is what it documents: show invisible and steering characters as nothing, breaks as spaces,
wrap, and escape markup.
"""

import re
from collections.abc import Iterator

import discord
from hypothesis import HealthCheck, event, given, settings

from bot.briefings.editions import Answer, evidence_in, kind_of, lines_of
from bot.briefings.findings import Findings, Reply
from bot.briefings.model import Briefing
from bot.briefings.proofs import LineState
from bot.language.lexicon import Lexicon
from bot.positions.answers import Comparison, Quotes, ShiftLedger, Timeline
from bot.positions.model import Digest
from bot.positions.novelties import News
from bot.presentation.briefing_page import briefing_page
from bot.presentation.digest_page import digest_page
from bot.presentation.discord_messages import page_screens, screen_view
from bot.presentation.evidence_pages import comparison_page, quotes_page, shifts_page, timeline_page
from bot.presentation.findings_pages import findings_page, reply_page
from bot.presentation.layout import divide
from bot.presentation.markdown import page_markdown
from bot.presentation.member_pages import news_page
from bot.presentation.page import Kind, Page, Tone
from bot.presentation.proof_page import proof_page
from bot.presentation.sheets import briefing_sheet, digest_sheet
from bot.presentation.text import page_text
from bot.presentation.visible import visible
from bot.services.results import (
    AskRequest,
    BriefRequest,
    CompareRequest,
    PositionsRequest,
    QuotesRequest,
    SearchRequest,
    ShiftsRequest,
    TimelineRequest,
)
from bot.storage.database import open_database
from tests.trust.worlds import Case, World, cases, settle

MARKS = '“”„«»"'
NUMBER = re.compile(r"\[(\d+)\] ")


def plain(text: str) -> str:
    """What a reader sees of a text, on one line."""
    return " ".join(visible(text).split())


def unescaped(markdown: str) -> str:
    """Markdown with its escapes undone."""
    return re.sub(r"\\(.)", r"\1", markdown)


async def answers(world: World) -> Iterator[Answer]:
    """Every kind of answer to every kind of question."""
    actors = [actor.name for actor in world.dossier.actors]
    topic = world.dossier.topics[0].id
    found: list[Answer] = [
        await world.briefs.brief(BriefRequest(since="all")),
        await world.briefs.brief(BriefRequest(topics=(topic,), since="2031-05-01", items=3)),
        await world.positions.positions(PositionsRequest(topic=topic)),
        await world.positions.positions(PositionsRequest(actor=actors[0], as_of="2031-05-20")),
        await world.positions.positions(PositionsRequest(actor=actors[2], topic=topic)),
        await world.evidence.quotes(QuotesRequest(topic=topic)),
        await world.evidence.quotes(QuotesRequest(actor=actors[0])),
        await world.evidence.quotes(QuotesRequest(text="we want")),
        await world.evidence.timeline(TimelineRequest(actor=actors[2])),
        await world.evidence.timeline(TimelineRequest(topic=topic)),
        await world.evidence.shifts(ShiftsRequest("all")),
        await world.evidence.compare(CompareRequest(actors[0], actors[1])),
        await world.searching.search(SearchRequest("the OR we")),
        await world.searching.search(SearchRequest("said", actor=actors[0], topic=topic)),
        await world.searching.ask(AskRequest(f"What does {actors[0]} say?")),
        await world.searching.ask(AskRequest(f"Who said what about {world.dossier.topics[0].name}?")),
    ]
    return iter(found)


def page_of(answer: Answer, world: World) -> Page:  # noqa: PLR0911  # one a kind
    """The answer as terminal, Markdown and (but for briefings and digests) Discord show it."""
    dossier = world.dossier
    match answer:
        case Briefing():
            return briefing_page(answer, dossier)
        case Digest():
            return digest_page(answer, dossier)
        case Quotes():
            return quotes_page(answer, dossier)
        case Timeline():
            return timeline_page(answer, dossier)
        case ShiftLedger():
            return shifts_page(answer, dossier)
        case Comparison():
            return comparison_page(answer, dossier)
        case News():
            return news_page(answer, dossier, ())
        case Findings() | Reply():
            return findings_page(answer, dossier) if isinstance(answer, Findings) else reply_page(answer, dossier)


def discord_lines(answer: Answer, page: Page, world: World) -> list[str]:
    """Every line of every screen that Discord would be sent."""
    if isinstance(answer, Briefing):
        screens = divide(briefing_sheet(answer, world.dossier))
    elif isinstance(answer, Digest):
        screens = divide(digest_sheet(answer, world.dossier))
    else:
        screens = page_screens(page[:-1] if answer.edition else page, mark=answer.edition)
    views = [screen_view(screen) for screen in screens]
    texts = [
        item.content for view in views for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)
    ]
    return [line for text in texts for line in text.splitlines()]


def check_stored(answer: Answer, world: World) -> set[str]:
    """Each line is the stored text at its span; what readers see of them all."""
    texts = {article.id: article.text for article in world.articles}
    shown = [(one.citation, one.text) for one in evidence_in(answer)]
    if isinstance(answer, Briefing):
        shown += [(citation, item.text) for item in answer.items for citation in item.citations]
    if isinstance(answer, Findings | Reply):
        shown += [(citation, hit.text) for hit in answer.hits for citation in (hit.citation, *hit.others)]
    for citation, text in shown:
        assert citation.span.of(texts[citation.article_id]) == text != ""
    return {plain(text) for _, text in shown}


def check_quotes(answer: Answer, world: World) -> None:
    """What is called a quote stands between marks of the source."""
    texts = {article.id: article.text for article in world.articles}
    for one in evidence_in(answer) if isinstance(answer, Quotes) else ():
        quote = one.statement.quote
        assert quote is not None
        text = texts[one.citation.article_id]
        assert text[: quote.start].rstrip(" \u00a0\u202f")[-1:] in f"{MARKS}'‘’‚‛‟‹›「『"
        rest = text[quote.end :].lstrip(" \u00a0\u202f")
        assert not rest or rest[0] in f"\n{MARKS}'‘’‟‹›」』"


def check_page(page: Page, lines: set[str], labels: str) -> None:
    """Verbatim runs are lines; words of ours have no quotation mark that a label from the sources does not bring."""
    for part in page:
        for run in part.runs:
            if run.tone is Tone.VERBATIM:
                assert plain(run.text) in lines
            else:
                assert set(run.text) & set(MARKS) <= set(labels), run.text


def check_renderings(answer: Answer, page: Page, lines: set[str], world: World) -> None:
    """Every verbatim run arrives in each output, and every block quote of Discord's is a line."""
    said = [plain(run.text) for part in page for run in part.runs if run.tone is Tone.VERBATIM]
    text, markdown = plain(page_text(page)), plain(re.sub(r"^[> ]+", "", page_markdown(page), flags=re.MULTILINE))
    for line in said:
        assert line in text
        assert line in plain(unescaped(markdown))
    above, kept = "", lines_of(answer)
    for shown in map(unescaped, discord_lines(answer, page, world)):
        if shown.startswith("> "):
            above = shown[2:]
            assert above in lines
        elif number := re.match(r"-# \[(\d+)\] ", shown):
            assert plain(kept[int(number[1]) - 1].text) == above


def check_numbers(answer: Answer, page: Page) -> None:
    """The number beneath a line is that of the edition's line with the same text."""
    kept = lines_of(answer)
    assert (answer.edition is None) == (not kept)
    above = ""
    for part in page:
        if any(run.tone is Tone.VERBATIM for run in part.runs):
            above = part.text
            if part.marker and answer.edition:
                assert kept[int(part.marker.rstrip(". ")) - 1].text == above
        elif part.kind is Kind.SMALL and (number := NUMBER.match(part.text)):
            assert kept[int(number[1]) - 1].text == above


async def check_proofs(answer: Answer, world: World) -> None:
    """Every line can be proved by its number, and all that a proof shows is stored text."""
    texts = {article.id: article.text for article in world.articles}
    for number, line in enumerate(lines_of(answer), start=1):
        assert answer.edition is not None
        proof = await world.proofs.prove(answer.edition, number)
        text = texts[line.citation.article_id]
        assert (proof.state, proof.line.text) == (LineState.HOLDS, line.text)
        around = {plain(one) for one in (line.text, proof.before, proof.after) if one}
        assert all(one in plain(text) for one in around)
        check_page(proof_page(proof, world.dossier), around, _labels(answer, world) + text)


def _labels(answer: Answer, world: World) -> str:
    """Everything that sources or the dossier name: titles, outlets, authors, files, speakers."""
    named = [world.dossier.title, *(f"{actor.name}{actor.role}" for actor in world.dossier.actors)]
    for article in world.articles:
        named += [article.title or "", article.outlet or "", article.author or "", article.location]
    for one in evidence_in(answer):
        speaker = one.statement.speaker
        named += [speaker.text, speaker.name or "", speaker.description or ""]
    return "".join(named)


@settings(max_examples=16, suppress_health_check=list(HealthCheck))
@given(case=cases())
async def test_every_line_is_the_stored_text_and_every_mark_the_sources(case: Case, lexicon: Lexicon) -> None:
    database = await open_database("sqlite://")
    try:
        world = await settle(case, lexicon, database)
        for answer in await answers(world):
            lines = check_stored(answer, world)
            event(f"{kind_of(answer).value}: {'some' if lines else 'no'} lines")
            check_quotes(answer, world)
            page = page_of(answer, world)
            check_page(page, lines, _labels(answer, world))
            check_renderings(answer, page, lines, world)
            check_numbers(answer, page)
            await check_proofs(answer, world)
    finally:
        await database.close()
