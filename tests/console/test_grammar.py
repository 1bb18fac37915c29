"""Lines as people type them, right and wrong."""

import pytest

from bot.console.elsewhere import INSTEAD
from bot.console.grammar import COMMANDS, find_command, parse
from bot.errors import ElsewhereError, InvalidInputError, NotFoundError
from tests.commands.conftest import started
from tests.commands.driver import leaves
from tests.fake_services import FakeServices


@pytest.mark.parametrize(
    ("line", "command", "values"),
    [
        ("/brief", "/brief", {}),
        ("/brief topic: ceasefire since: all", "/brief", {"topic": "ceasefire", "since": "all"}),
        ("/brief topic:ceasefire since:7d", "/brief", {"topic": "ceasefire", "since": "7d"}),
        ("  /BRIEF   Topic: nato membership  ", "/brief", {"topic": "nato membership"}),
        ("brief ceasefire", "/brief", {"topic": "ceasefire"}),
        ("/brief topic ceasefire", "/brief", {"topic": "ceasefire"}),
        ("/brief ceasefire since: all", "/brief", {"topic": "ceasefire", "since": "all"}),
        ("/brief topic = ceasefire", "/brief", {"topic": "ceasefire"}),
        ('/positions actor: "Mara Lind" topic: quota', "/positions", {"actor": "Mara Lind", "topic": "quota"}),
        ("/positions actor: “Mara Lind”", "/positions", {"actor": "Mara Lind"}),
        ("/positions as-of: 2025-08-20 actor: O'Neill", "/positions", {"as_of": "2025-08-20", "actor": "O'Neill"}),
        ("/positions Mara Lind", "/positions", {"actor": "Mara Lind"}),
        ("/sources list", "/sources list", {}),
        ("/sources  reload  source: North Post", "/sources reload", {"source": "North Post"}),
        ("/sources reload source: https://coast.example/a", "/sources reload", {"source": "https://coast.example/a"}),
        (
            "/schedule add time: 08:30 zone: Europe/Oslo days: mon-fri topic: quota",
            "/schedule add",
            {"time": "08:30", "zone": "Europe/Oslo", "days": "mon-fri", "topic": "quota"},
        ),
        ("/schedule remove 3", "/schedule remove", {"id": "3"}),
        ("/schedule preview id: 3", "/schedule preview", {"id": "3"}),
        ("/help brief", "/help", {"command": "brief"}),
        ("exit", "/quit", {}),
        ("/?", "/help", {}),
    ],
)
def test_a_line_is_understood(line: str, command: str, values: dict[str, str]) -> None:
    typed = parse(line)
    assert typed.command.name == command
    assert dict(typed.values) == values


@pytest.mark.parametrize(
    ("line", "suggested"),
    [
        ("/breif", "/brief"),
        ("/position actor: Lind", "/positions"),
        ("/sources", "/sources list"),
        ("/corrections", "/corrections list"),
        ("/sources relaod", "/sources reload"),
        ("/schedule", "/schedule add"),
        ("/scedule add time: 08:00", "/schedule add"),
        ("/stats", "/status"),
        ("what does the minister want?", "/help"),
        ("", "/help"),
        ("/", "/help"),
    ],
)
def test_an_unknown_command_gets_a_suggestion(line: str, suggested: str) -> None:
    with pytest.raises(NotFoundError) as error:
        parse(line)
    assert suggested in error.value.suggestions


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("/catchup", "/brief since: 24h"),
        ("summarize a link", "python -m bot summarize FILE"),
        ("/privacy delete", "/about"),
        ("/schedule pause number: 1", "python -m bot schedules"),
        ("/AUDIT", None),
    ],
)
def test_a_command_of_discord_alone_names_what_serves_here(line: str, instead: str | None) -> None:
    with pytest.raises(ElsewhereError) as error:
        parse(line)
    assert error.value.instead == instead


async def test_every_command_of_discord_is_known_here_or_said_to_be_elsewhere() -> None:
    async with started(FakeServices()) as offline:
        names = [f"/{one.qualified_name}" for one in leaves(offline)]
    here = {command.name for command in COMMANDS}
    assert len(names) > 40
    lost = [name for name in names if name not in here and not {name, name.split()[0]} & INSTEAD.keys()]
    assert lost == []
    assert here.isdisjoint(INSTEAD)


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        ("/brief tpoic: quota", "an option of /brief", "did you mean topic:?"),
        ("/brief actor: Lind", "an option of /brief", "/brief knows topic, since, words"),
        ("/brief topic:", "topic", "write a value after topic:"),
        ("/brief topic: since: all", "topic", "write a value"),
        ("/brief topic: a topic: b", "topic", "twice"),
        ("/status now", "an option of /status", "it takes none"),
        ("/status when: now", "an option of /status", "/status takes none"),
        ("/schedule add zone: Europe/Oslo", "time", "needed, for example time: 08:00"),
        ("/schedule remove", "id", "needed"),
        ("/compare Lind", "second", "needed; /help compare shows an example"),
    ],
)
def test_options_that_do_not_fit_are_explained(line: str, field: str, reason: str) -> None:
    with pytest.raises(InvalidInputError) as error:
        parse(line)
    assert error.value.field == field
    assert reason in error.value.reason


def test_every_command_is_found_by_its_own_name() -> None:
    for command in COMMANDS:
        assert find_command(command.name) == (command, "")
        assert len({option.name for option in command.options}) == len(command.options)
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)
