"""What is typed, and what comes back: through real services, from parsing to page."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from rich.text import Text

from bot.catalogues import speaking
from bot.console.grammar import COMMANDS
from bot.console.pages import about_page, example, help_page
from bot.console.screen import Screen, progress_line
from bot.console.session import Console, load
from bot.presentation.page import paragraph
from bot.presentation.text import page_text
from bot.services.app import Services
from bot.services.results import LoadProgress
from tests.worlds import World

Ask = Callable[[str], Awaitable[tuple[str, str]]]


@pytest.fixture
async def ask(services: Services, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Type a line; standard output and standard error come back."""
    await load(services, Screen())
    capsys.readouterr()

    async def typed(line: str) -> tuple[str, str]:
        assert await Console(services, Screen(), None).do(line, paged=True)
        found = capsys.readouterr()
        return found.out, found.err

    return typed


async def test_a_load_says_in_one_line_what_was_read(
    services: Services, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    (world.articles / "broken.txt").write_bytes(b"\x00\x01")
    await load(services, Screen())
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[0] == "Not read: broken.txt: is not text."
    assert err.splitlines()[1].startswith("Read 3 articles, ")
    (world.articles / "broken.txt").unlink()
    await load(services, Screen())
    assert capsys.readouterr().err == ""


async def test_a_source_that_is_gone_is_named(
    services: Services, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.articles.rename(world.articles.with_name("elsewhere"))
    await load(services, Screen())
    assert "The source “Coast papers” can't be read" in capsys.readouterr().err


async def test_a_briefing_falls_back_to_the_newest_day(ask: Ask) -> None:
    out, err = await ask("/brief")
    assert out.startswith("Herring talks: briefing, newest day with news: 3 May 2025\n")
    assert "The Coast Herald, Per Holm, 3 May 2025" in out
    assert err == ""


async def test_options_reach_the_service(ask: Ask) -> None:
    out, _ = await ask("/brief topic: quota since: all")
    assert out.startswith("Herring talks: briefing on Quota\nEverything stored")
    assert "rejected a higher herring quota" in out


async def test_positions_of_an_alias(ask: Ask) -> None:
    out, _ = await ask("/positions actor: lind")
    assert out.startswith("Mara Lind: positions\n")
    assert "Quota: opposed · as of 2 May 2025" in out
    assert "Norland Post, Ida Berg, 2 May 2025" in out


async def test_positions_before_a_date_hold_nothing(ask: Ask) -> None:
    out, _ = await ask("/positions actor: lind as_of: 2025-05-01")
    assert "Only what was published before 2 May 2025." in out
    assert "No statement found" in out


async def test_the_grid_in_words(ask: Ask, world: World) -> None:
    shown = (await ask("/grid"))[0]
    assert "Herring talks: who stands where" in shown
    assert "Lind: Quota opposed (" in shown
    assert "no statement found in 3 articles" in shown


async def test_sources_schedules_status(ask: Ask, world: World) -> None:
    assert "Coast papers: ok" in (await ask("/sources list"))[0]
    assert "Coast papers: 3 unchanged" in (await ask("/sources reload source: coast"))[0]
    assert "Nothing was corrected so far" in (await ask("/corrections list"))[0]
    assert "None yet" in (await ask("/schedule list"))[0]
    saved = (await ask("/schedule add time: 7:30 zone: oslo days: mon-fri topic: quota words: 120"))[0]
    assert "No. 1: 07:30 Europe/Oslo, Mon to Fri" in saved
    assert "About Quota, at most 120 words" in saved
    assert "for previews here: no channel was given" in saved
    assert "No. 1: 07:30" in (await ask("/schedule list"))[0]
    assert (await ask("/schedule preview 1"))[0].startswith("Herring talks: briefing on Quota")
    assert (await ask("/schedule remove 1"))[0] == "Schedule 1 is removed.\n"
    assert "Articles: 3 in 3 stories, 1 undated" in (await ask("/status"))[0]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/breif", "There is no command called “/breif”. Did you mean “/brief”?"),
        ("/positions actor: Lint", "There is no actor called “Lint”. Did you mean “Mara Lind”?"),
        ("/positions topic: qouta", "Did you mean “Quota”?"),
        ("/positions", "actor is missing: name an actor, a topic, or both."),
        ("/brief since: tomorrow", "“tomorrow” does not work as since"),
        ("/brief words: many", "“many” does not work as words: give a whole number, such as 200."),
        ("/brief words: -5", "“-5” does not work as words"),
        ("/brief words: " + "9" * 400, "does not work as words"),
        ("/brief words: ٣٠٠", "does not work as words"),
        ("/sources reload source: nowhere", "There is no source called “nowhere”."),
        ("/schedule add time: 25:00 zone: Europe/Oslo", "“25:00” does not work as time"),
        ("/schedule add time: 08:00 zone: Europe/Oslo channel: news", "give the channel's id"),
        ("/schedule add time: 08:00 zone: Atlantis", "“Atlantis” does not work as zone"),
        ("/schedule remove 99", "There is no schedule number 99."),
        ("/brief topic: \x1b[2J\u202eevil", "There is no topic called “[2Jevil”."),
        ("/" + "x" * 5000, "There is no command"),
    ],
)
async def test_what_can_not_be_answered_is_explained(ask: Ask, line: str, words: str) -> None:
    out, err = await ask(line)
    assert out == ""
    assert words in err
    assert len(err.splitlines()) == 1
    assert "Traceback" not in err


@pytest.mark.parametrize("line", ["", "   ", "# a remark", "\t"])
async def test_blank_lines_and_remarks_are_passed_over(ask: Ask, line: str) -> None:
    assert await ask(line) == ("", "")


async def test_quit_leaves(services: Services) -> None:
    assert not await Console(services, Screen(), None).do("/quit", paged=True)


async def test_every_command_but_quit_has_an_answer(ask: Ask, services: Services) -> None:
    for command in COMMANDS:
        if command.name not in ("/quit", "/schedule remove", "/schedule preview", "/sources split", "/sources join"):
            out, err = await ask(example(command, services.names))
            assert out, command.name
            assert err == "", command.name


async def test_examples_of_the_help_come_from_the_dossier(services: Services) -> None:
    text = page_text(help_page(services.names))
    assert "/brief topic: Quota" in text
    assert "/positions actor: Norland" in text
    assert "/sources reload source: Coast papers" in text
    assert all(command.name in text for command in COMMANDS)


async def test_help_on_one_command_or_one_group(services: Services) -> None:
    text = page_text(help_page(services.names, "/schedule"))
    assert text.count("Example: /schedule") == 4
    assert "time: local time (needed)" in text
    assert page_text(help_page(services.names, "brief")).startswith("/brief: ")
    assert page_text(help_page(services.names, "nonsense")).startswith("What can be asked")


async def test_about_names_method_privacy_and_licence(services: Services) -> None:
    text = " ".join(page_text(about_page(services.dossier)).split())
    assert "Herring talks: 3 actors, 2 topics, 1 source." in text
    assert all(word in text for word in ("Method", "Privacy", "Licence", "no language model"))


async def test_interrupting_stops_the_command_and_not_the_console(
    services: Services, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def forever(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.sleep(60)

    monkeypatch.setattr("bot.console.session.answer", forever)
    assert await Console(services, Screen(), None).do("/status", paged=True)
    assert capsys.readouterr().err == "Stopped.\n"


def write_less(folder: Path, code: int) -> None:
    """A pager that notes how it is asked, and ends with this code."""
    script = folder / "less"
    script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{folder}/asked"\ncat > "{folder}/shown"\nexit {code}\n')
    script.chmod(0o700)


@pytest.mark.parametrize("code", [0, 1])
def test_a_pager_says_how_to_leave_it_and_one_that_fails_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    write_less(tmp_path, code)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with speaking("de"):
        shown = Screen()._open_pager([Text("Zeile")])
    assert shown is (code == 0)
    asked = (tmp_path / "asked").read_text(encoding="utf-8").splitlines()
    assert [one for one in asked if one.startswith("-Ps")] == [r"-PsLeertaste\: weiter · b\: zurück · q\: verlassen"]
    assert (tmp_path / "shown").read_text(encoding="utf-8") == "Zeile\n"


async def test_pages_are_set_apart(services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen()
    for word in ("one", "two"):
        screen.show((paragraph(word),))
    assert capsys.readouterr().out == "one\n\ntwo\n"


def test_progress_is_one_line() -> None:
    assert progress_line(LoadProgress("Seeds", 3, 12, 1)) == "Seeds: 3 of 12 read, 1 statement found."
    assert progress_line(LoadProgress("Feed", 3, None, 20)) == "Feed: 3 read, 20 statements found."
