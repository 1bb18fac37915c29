"""What Tab proposes."""

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from bot.console.completion import CommandCompleter
from bot.services.names import Names
from tests.presentation.samples import DOSSIER


def completed(text: str) -> list[str]:
    """The lines that would stand there after taking each proposal."""
    names = Names(DOSSIER)
    names.learn_speakers([(None, "Ole \x1b[2JNord", 1)])
    found = CommandCompleter(names).get_completions(Document(text), CompleteEvent())
    return [text[: len(text) + one.start_position] + one.text for one in found]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("/br", ["/brief "]),
        ("br", ["/brief "]),
        ("/sou", ["/sources list", "/sources reload ", "/sources split ", "/sources join "]),
        ("/sources r", ["/sources reload "]),
        ("/status", []),
        ("/nothing", []),
        ("/positions actor: Mara", ["/positions actor: Mara Lind"]),
        ("/positions actor: lind", ["/positions actor: Mara Lind"]),
        ("/positions actor:Mar", ["/positions actor:Mara Lind"]),
        ("/positions actor: Mara Lind to", ["/positions actor: Mara Lind topic: "]),
        ("/positions topic: q", ["/positions topic: Quota"]),
        ("/positions topic: Quota actor: Nor", ["/positions topic: Quota actor: Norland"]),
        ("/schedule add time: 08:00 zone: oslo", ["/schedule add time: 08:00 zone: Europe/Oslo"]),
        ("/brief since: ", ["/brief since: 24h", "/brief since: 7d", "/brief since: 30d", "/brief since: all"]),
        ("/brief sin", ["/brief since: "]),
        ("/positions Mar", ["/positions Mara Lind"]),
    ],
)
def test_proposals(text: str, lines: list[str]) -> None:
    assert [line for line in completed(text) if line != text] == lines


def test_a_space_after_the_command_proposes_its_options() -> None:
    lines = completed("/positions ")
    assert lines[:3] == ["/positions actor: ", "/positions topic: ", "/positions as_of: "]


def test_options_already_given_are_not_proposed_again() -> None:
    assert "/positions topic: Quota topic: " not in completed("/positions topic: Quota ")
    assert "/positions topic: Quota actor: " in completed("/positions topic: Quota ")


def test_an_empty_line_proposes_every_command() -> None:
    assert "/brief " in completed("")
    assert "/quit" in completed("")


def test_names_from_articles_are_made_harmless() -> None:
    assert "/positions actor: Ole [2JNord" in completed("/positions actor: Ole")
