"""Every error of the tree has its words."""

import pytest

from bot import errors
from bot.presentation.errors import explain

CASES = [
    (errors.ConfigurationError("dossier x.toml", "actors.3.id: missing"), ["dossier x.toml", "actors.3.id"]),
    (errors.InvalidInputError("since", "tomorrow", "give 24h, 7d, a date or all"), ["“tomorrow”", "since", "24h"]),
    (errors.UnusableFileError("zone: it is missing", "settings export"), ["zone: it is missing", "settings export"]),
    (errors.ElsewhereError("/catchup", "/brief since: 24h"), ["/catchup", "Discord only", "use /brief since: 24h."]),
    (errors.NotFoundError("actor", "Lnd"), ["no actor", "“Lnd”"]),
    (errors.MissingPermissionError("#news", ["Send Messages"]), ["#news", "Send Messages"]),
    (errors.OutdatedError("page:1"), ["another version", "Ask again"]),
    (errors.BusyError("/grid"), ["/grid", "Try again"]),
    (errors.UnprovedLineError("a1", 3, 9), ["held back", "a1", "[3, 9)"]),
    (errors.StorageError("postgresql://db", "connection refused"), ["postgresql://db", "connection refused"]),
    (errors.SourceError("Seeds", "no such folder"), ["Seeds", "no such folder"]),
    (errors.DiscordUnavailableError("https://d.example", "timed out"), ["https://d.example", "timed out"]),
    (errors.DeliveryRejectedError(7, "unknown channel"), ["7", "unknown channel"]),
    (errors.ChannelGoneError(7, "unknown channel"), ["7", "unknown channel"]),
    (errors.PostingForbiddenError(7, "missing access"), ["7", "missing access"]),
    (errors.OutcomeUnknownError(904, "no history"), ["904", "no history", "not known"]),
    (errors.DeliveryFailedError(7, "timed out"), ["7", "timed out", "again"]),
]


@pytest.mark.parametrize(("error", "facts"), CASES, ids=[type(error).__name__ for error, _ in CASES])
def test_words_name_the_facts(error: errors.AttacheError, facts: list[str]) -> None:
    words = explain(error)
    assert all(fact in words for fact in facts)
    assert words.endswith((".", "?"))
    assert "\n" not in words


@pytest.mark.parametrize(
    ("suggestions", "asked"),
    [
        (["Mara Lind"], "Did you mean “Mara Lind”?"),
        (["Lind", "Lund"], "Did you mean “Lind” or “Lund”?"),
        (["a", "b", "c", "d", "e", "f"], "There are: a, b, c, d, e, f."),
        (["Lind", "Lund", "Lynd"], "Did you mean “Lind”, “Lund” or “Lynd”?"),
    ],
)
def test_near_names_are_suggested(suggestions: list[str], asked: str) -> None:
    assert explain(errors.NotFoundError("actor", "Lnd", suggestions)).endswith(asked)


def test_nothing_given_is_said_as_missing() -> None:
    words = explain(errors.InvalidInputError("time", "", "write it as 08:30"))
    assert words == "time is missing: write it as 08:30."


@pytest.mark.parametrize("given", ["", " ", " \t "])
def test_spaces_alone_are_nothing_given(given: str) -> None:
    assert explain(errors.InvalidInputError("time", given, "write it as 08:30")).startswith("time is missing: ")
    assert explain(errors.NotFoundError("actor", given)).startswith("No name was given. Type a part")


def test_what_is_long_is_not_said_again_in_full() -> None:
    words = explain(errors.InvalidInputError("time", "x" * 300, "write it as 08:30"))
    assert words == f"“{'x' * 79}…” does not work as time: write it as 08:30."


def test_no_error_of_the_tree_is_forgotten() -> None:
    tree = {kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.AttacheError)}
    assert tree - {errors.AttacheError, errors.DeliveryError} == {type(error) for error, _ in CASES}


def test_an_unknown_kind_still_gets_an_answer() -> None:
    class NewError(errors.AttacheError):
        pass

    assert explain(NewError("the moon is full")) == "the moon is full."
