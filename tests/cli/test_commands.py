"""Commands of the command line, in process: outputs and exit codes."""

import json
from pathlib import Path

import pytest

from bot import __version__
from tests.cli.conftest import Attache
from tests.worlds import World


def test_a_briefing_as_text(attache: Attache) -> None:
    done = attache("brief", "--since", "all")
    assert done.code == 0
    assert done.out.startswith("Herring talks: briefing\nEverything stored")
    assert done.err.startswith("Read 3 articles, ")


def test_a_second_run_reads_nothing_again(attache: Attache) -> None:
    attache("brief")
    assert attache("brief").err == ""


def test_a_briefing_as_json_is_verbatim(attache: Attache, world: World) -> None:
    done = attache("brief", "--since", "all", "--format", "json", "--items", 3)
    data = json.loads(done.out)
    assert list(data)[:4] == ["version", "dossier", "window", "items"]
    assert len(data["items"]) == 3
    for item in data["items"]:
        for source in item["sources"]:
            assert item["text"] in (world.articles / source["file"]).read_text(encoding="utf-8")


def test_a_briefing_as_markdown_and_on_one_topic(attache: Attache) -> None:
    done = attache("brief", "--since", "all", "--format", "markdown", "--topic", "quota", "--actor", "lind")
    assert done.out.startswith("# Herring talks: briefing on Quota, Mara Lind\n")


def test_words_are_a_limit(attache: Attache) -> None:
    few = json.loads(attache("brief", "--since", "all", "--words", 50, "--format", "json").out)
    assert 0 < sum(len(item["text"].split()) for item in few["items"]) <= 50


def test_positions_in_every_format(attache: Attache) -> None:
    assert attache("positions", "lind").out.startswith("Mara Lind: positions\n")
    assert attache("positions", "--topic", "quota", "--format", "markdown").out.startswith("# Quota: who stands where")
    data = json.loads(attache("positions", "Lind", "--topic", "quota", "--format", "json").out)
    assert list(data)[:3] == ["version", "dossier", "cells"]
    assert data["cells"][0]["stance"] == "against"
    assert data["cells"][0]["evidence"][0]["file"] == "2025-05-02-post.txt"
    assert data["articles"] == 3


def test_given_articles_take_the_place_of_the_sources(attache: Attache, world: World, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Mara Lind said that she would accept a higher quota after all.\n", encoding="utf-8")
    post = world.articles / "2025-05-02-post.txt"
    data = json.loads(attache("brief", "--since", "all", "--format", "json", "--articles", other, post).out)
    assert {source["file"] for item in data["items"] for source in item["sources"]} <= {other.name, post.name}
    assert data["counts"]["articles"] == 2
    assert not (tmp_path / "data").exists(), "nothing is kept"


def test_options_may_stand_before_the_command(attache: Attache, world: World) -> None:
    done = attache("--articles", world.articles / "undated.txt", "brief", "--since", "all", "--format", "json")
    assert json.loads(done.out)["counts"]["articles"] == 1


def test_another_dossier(attache: Attache, world: World, tmp_path: Path) -> None:
    other = tmp_path / "cod.toml"
    other.write_text(world.dossier.read_text().replace("Herring talks", "Cod talks"), encoding="utf-8")
    assert attache("brief", "--dossier", other).out.startswith("Cod talks: briefing")


def test_reload_says_what_it_did_and_fails_if_something_could_not_be_read(attache: Attache, world: World) -> None:
    done = attache("reload")
    assert (done.code, "Coast papers: 3 new" in done.out) == (0, True)
    (world.articles / "broken.txt").write_bytes(b"\x00\x01")
    done = attache("reload")
    assert (done.code, "Not read: broken.txt: is not text" in done.out) == (1, True)


def test_doctor_has_one_line_a_check(attache: Attache) -> None:
    done = attache("doctor")
    assert done.code == 0
    names = [line[8:].split(":")[0] for line in done.out.splitlines()]
    assert names == ["settings", "dossier", "lexicon", "database", "source Coast papers", "discord"]
    assert all(line.startswith("ok      ") for line in done.out.splitlines())


@pytest.mark.parametrize(
    ("name", "value", "failed"),
    [
        ("DATABASE_URL", "mysql://x", "settings: environment or .env: DATABASE_URL: "),
        ("LOG_LEVEL", "LOUD", "settings: environment or .env: LOG_LEVEL: it must be 'DEBUG'"),
        ("DOSSIER", "missing.toml", "dossier: missing.toml: can't be read"),
        ("LEXICON", "missing", "lexicon: lexicon en: no language data"),
        ("DATABASE_URL", "sqlite:////dev/null/attache.db", "database: "),
    ],
)
def test_doctor_names_what_is_wrong(
    attache: Attache, monkeypatch: pytest.MonkeyPatch, name: str, value: str, failed: str
) -> None:
    monkeypatch.setenv(name, value)
    done = attache("doctor")
    assert done.code == 1
    wrong = [line for line in done.out.splitlines() if line.startswith("FAILED  ")]
    assert wrong[0].startswith(f"FAILED  {failed}")


def test_doctor_speaks_the_language_that_is_set(attache: Attache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    said = attache("doctor").out
    for words in ("Einstellungen: in Ordnung", "Datenbank: ", "Quelle ", "3 Dokumente", "kein Token ist gesetzt"):
        assert words in said
    for english in ("settings", "database", "source", "lexicon", "document,", "no token"):
        assert english not in said.replace(str(Path.cwd()), "")
    monkeypatch.setenv("DOSSIER", "missing.toml")
    assert "missing.toml: ist nicht lesbar" in attache("doctor").out


def test_the_version_is_told(attache: Attache) -> None:
    assert attache("--version").out == f"Attaché {__version__}\n"


def test_schedules_that_are_none_name_what_there_is_to_do(attache: Attache) -> None:
    assert "In Discord, /setup adds one." in attache("schedules", "list").out


def test_doctor_misses_an_empty_source(attache: Attache, world: World) -> None:
    for file in world.articles.iterdir():
        file.unlink()
    done = attache("doctor")
    assert done.code == 1
    assert "FAILED  source Coast papers: there is nothing to read in" in done.out


def test_secrets_are_not_printed(attache: Attache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "very-secret-token")
    monkeypatch.setenv("DATABASE_URL", "postgres://user:very-secret-word@127.0.0.1:1/x")
    done = attache("doctor")
    assert done.code == 1
    assert "very-secret" not in done.out + done.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["run"], 78, "DISCORD_TOKEN: it is not set"),
        (["brief", "--dossier", "missing.toml"], 78, "missing.toml"),
        (["brief", "--since", "tomorrow"], 2, "“tomorrow” does not work as since"),
        (["brief", "--topic", "qouta"], 2, "Did you mean “Quota”?"),
        (["brief", "--format", "xml"], 2, "xml"),
        (["brief", "--words", "0"], 2, "greater than or equal to 1"),
        (["brief", "--articles", "missing.txt"], 2, "missing.txt"),
        (["positions"], 2, "actor is missing"),
        (["positions", "Nobody"], 2, "There is no actor called “Nobody”"),
        (["inspect"], 2, "give at least one FILE"),
        (["inspect", "missing.txt"], 2, "missing.txt"),
        (["inspect", "--jsonl", "herring.toml"], 2, "takes no files"),
        (["summarize", "herring.toml", "--words", "9", "--sentences", "2"], 2, "not both"),
        (["summarize", "herring.toml", "--method", "magic"], 2, "There is no method called “magic”"),
        (["brif"], 2, "Did you mean 'brief'?"),
        (["--nonsense"], 2, "nonsense"),
    ],
)
def test_what_does_not_work_ends_with_its_code_and_a_reason(
    attache: Attache, arguments: list[str], code: int, words: str
) -> None:
    done = attache(*arguments)
    assert (done.code, done.out) == (code, "")
    assert words in " ".join(done.err.split())
    assert "Traceback" not in done.err


@pytest.mark.parametrize("token", ["", "  "])
def test_an_empty_token_is_none(attache: Attache, monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", token)
    done = attache("run")
    assert done.code == 78
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    "command", ["", "console", "run", "reload", "doctor", "brief", "positions", "summarize", "inspect"]
)
def test_help_documents_every_command_with_dossier_and_articles(attache: Attache, command: str) -> None:
    done = attache(*command.split(), "--help")
    assert done.code == 0
    assert "--dossier" in done.out
    assert "--articles" in done.out


def test_an_article_is_explained_in_every_format(attache: Attache) -> None:
    done = attache("explain", "undated.txt")
    assert done.code == 0
    assert done.out.startswith("Why: undated.txt\n")
    data = json.loads(attache("explain", "2025-05-02-post.txt", "--format", "json").out)
    assert data["title"] == "Minister rejects a higher herring quota"
    assert data["briefing"]["sentences"]
    assert attache("explain", "2025-05-02-post.txt", "--format", "markdown").out.startswith("# Why: Minister rejects")


def test_a_merge_is_split_and_joined_again(attache: Attache, world: World) -> None:
    whole = (world.articles / "2025-05-02-post.txt").read_text(encoding="utf-8")
    (world.articles / "copy.txt").write_text(whole.rpartition(" The talks")[0], encoding="utf-8")
    members = [
        len(json.loads(attache("explain", "copy.txt", *change, "--format", "json").out)["story"]["members"])
        for change in ((), ("--split",), (), ("--join",))
    ]
    assert members == [2, 1, 1, 2]
    assert attache("explain", "copy.txt", "--join").code != 0
    assert attache("explain", "copy.txt", "--join", "--split").code == 2


def test_stories_of_files(attache: Attache, world: World) -> None:
    done = attache("stories", *sorted(world.articles.glob("2025*")))
    assert done.code == 0
    assert done.out.startswith("2 stories\n2 files, 2 texts without the copies\n")
    data = json.loads(attache("stories", world.articles, "--format", "json").out)
    assert [one["copy_of"] for one in data["files"]] == [None] * 3
    assert attache("stories").code == 2


def test_stories_of_json_lines(process: Attache) -> None:
    row = {"id": 7, "title": "Harbour", "text": "The harbour was closed on Monday after a storm had sunk two boats."}
    done = process("stories", "--jsonl", stdin=json.dumps(row) + "\n{broken\n" + json.dumps(row | {"id": 8}) + "\n")
    first, broken, second = (json.loads(line) for line in done.out.splitlines())
    assert (done.code, list(broken)) == (1, ["id", "error"])
    assert first["story"] == second["story"]
    assert {first["copy_of"], second["copy_of"]} == {None, first["story"]}
