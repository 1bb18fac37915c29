"""The command line: arguments in, exit code out.

What a command needs is imported when it runs, so that `--help` and wrong arguments are answered at once.
"""

import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from bot.arguments import Articles, DossierFile, Format, Formats, spread_paths
from bot.catalogues import speak
from bot.cli_corrections import corrections
from bot.cli_evidence import evidence
from bot.cli_schedules import schedules
from bot.cli_searching import searching
from bot.cli_settings import settings as settings_file
from bot.cli_sources import sources
from bot.errors import AttacheError, ConfigurationError
from bot.process import FAILED, STOPPED, exit_code, speak_utf8

if TYPE_CHECKING:
    from bot.batch.jsonl import Answered
    from bot.doctor import Doctor
    from bot.dossier import Dossier
    from bot.language.lexicon import Lexicon
    from bot.services.app import Services
    from bot.services.results import Check, Status
    from bot.wiring import App
    from config.settings import Settings

app = typer.Typer(
    name="attache",
    help="A briefing officer for people who follow a negotiation: who said what, verbatim and cited.",
    epilog="Without a command the console opens. Settings come from the environment or .env; see README.md.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


Files = Annotated[list[Path] | None, typer.Argument(metavar="FILE…", exists=True, help="Text, Markdown or HTML.")]
Words = Annotated[int | None, typer.Option(min=1, help="At most this many words.")]
JsonLines = Annotated[bool, typer.Option("--jsonl", help="Filter JSON lines from standard input instead.")]


@app.callback(invoke_without_command=True)
def _default(context: typer.Context, dossier: DossierFile = None, articles: Articles = None) -> None:
    context.obj = (dossier, articles)
    if context.invoked_subcommand is None:
        console(context)


@app.command()
def console(context: typer.Context, dossier: DossierFile = None, articles: Articles = None) -> None:
    """Load, print today's briefing and take the same commands as in Discord. Commands may be piped in."""
    from bot.console.screen import Screen  # noqa: PLC0415  # see the module's docstring; so below
    from bot.console.session import Console  # noqa: PLC0415

    settings, given = _settings(context, dossier, articles)
    history = None if given else _data_folder(settings) / "console_history"
    _end(_with_app(settings, given, lambda opened: Console(opened.services, Screen(), history).run()))


@app.command()
def run(context: typer.Context, dossier: DossierFile = None, articles: Articles = None) -> None:
    """Run the Discord bot until SIGTERM. Needs DISCORD_TOKEN."""
    settings, given = _settings(context, dossier, articles)
    if not _token(settings):
        raise ConfigurationError("DISCORD_TOKEN", "it is not set, and the bot can't log in without it")
    from bot.roles import run_discord  # noqa: PLC0415

    _end(run_discord(settings, articles=given), stopped=0)


@app.command()
def load(
    context: typer.Context,
    every: Annotated[
        int | None, typer.Option(min=1, max=1440, help="Minutes between rounds; RELOAD_MINUTES without it.")
    ] = None,
    dossier: DossierFile = None,
) -> None:
    """Read the sources every so often until SIGTERM, so that bots at the same database need not."""
    settings, _ = _settings(context, dossier, None)
    from datetime import timedelta  # noqa: PLC0415

    from bot.roles import run_loader  # noqa: PLC0415

    _end(run_loader(settings, timedelta(minutes=every or settings.reload_minutes)), stopped=0)


@app.command()
def reload(context: typer.Context, dossier: DossierFile = None, articles: Articles = None) -> None:
    """Read what changed in the sources. Exit code 1 if something could not be read."""
    from bot.console import answers  # noqa: PLC0415

    settings, given = _settings(context, dossier, articles)
    _end(_with_app(settings, given, lambda opened: answers.reload(opened.services)))


@app.command()
def doctor(context: typer.Context, dossier: DossierFile = None, articles: Articles = None) -> None:
    """Check settings, dossier, lexicon, database, sources and (with a token) Discord. Exit code 1 if one fails."""
    from bot.console.screen import Screen  # noqa: PLC0415
    from bot.doctor import Doctor  # noqa: PLC0415
    from bot.presentation.admin_pages import checks_page  # noqa: PLC0415

    async def examine() -> int:
        physician = Doctor()
        await _examine(physician, context, dossier, articles)
        Screen().show(checks_page(physician.checks), wrapped=False)
        return 0 if all(check.ok for check in physician.checks) else FAILED

    _end(examine())


@app.command()
def brief(  # noqa: PLR0917  # typer reads options from the parameters
    context: typer.Context,
    topic: Annotated[list[str] | None, typer.Option(help="Only this topic; may be given again.")] = None,
    actor: Annotated[list[str] | None, typer.Option(help="Only this actor; may be given again.")] = None,
    since: Annotated[str, typer.Option(metavar="24h|7d|DATE|all", help="How far back.")] = "24h",
    words: Words = None,
    items: Annotated[int | None, typer.Option(min=1, help="At most this many items.")] = None,
    style: Formats = Format.TEXT,
    dossier: DossierFile = None,
    articles: Articles = None,
) -> None:
    """Print a briefing: verbatim sentences with citations, what shifted, what is contested."""
    from bot.console import answers  # noqa: PLC0415
    from bot.services.results import BriefRequest  # noqa: PLC0415

    request = BriefRequest(tuple(topic or ()), tuple(actor or ()), since, words, items)
    settings, given = _settings(context, dossier, articles)
    _end(_with_app(settings, given, lambda opened: answers.brief(opened.services, request, style.value)))


@app.command()
def positions(  # noqa: PLR0917  # typer reads options from the parameters
    context: typer.Context,
    actor: Annotated[str | None, typer.Argument(help="A person, state or organisation, by name or alias.")] = None,
    topic: Annotated[str | None, typer.Option(help="A topic of the dossier.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="What was known on this date.")] = None,
    style: Formats = Format.TEXT,
    dossier: DossierFile = None,
    articles: Articles = None,
) -> None:
    """Print where an actor stands on each topic, or who stands where on one."""
    from bot.console import answers  # noqa: PLC0415
    from bot.services.results import PositionsRequest  # noqa: PLC0415

    request = PositionsRequest(actor, topic, as_of)
    settings, given = _settings(context, dossier, articles)
    _end(_with_app(settings, given, lambda opened: answers.positions(opened.services, request, style.value)))


@app.command()
def summarize(  # noqa: PLR0917  # typer reads options from the parameters
    context: typer.Context,
    files: Files = None,
    words: Words = None,
    sentences: Annotated[int | None, typer.Option(min=1, help="This many sentences instead.")] = None,
    method: Annotated[
        str, typer.Option(help="attache, centroid or one of sumy's: lexrank, textrank, lsa, …")
    ] = "attache",
    style: Formats = Format.TEXT,
    jsonl: JsonLines = False,
    dossier: DossierFile = None,
    articles: Articles = None,
) -> None:
    """Print the sentences that say most. With --jsonl: {"id","docs":[{"title","text"}],"budget"} a line."""
    if words and sentences:
        raise typer.BadParameter("give --words or --sentences, not both")
    paths = _paths(context, files, articles, jsonl)
    from bot.batch.building import build_summarizer  # noqa: PLC0415
    from bot.batch.printing import print_summary  # noqa: PLC0415

    summarizer = build_summarizer(_language_data(context, dossier)[1], method)
    if jsonl:
        _filter(summarizer.line)
    _end(print_summary(summarizer, paths, words=words, sentences=sentences, style=style.value))


@app.command()
def inspect(
    context: typer.Context,
    files: Files = None,
    jsonl: JsonLines = False,
    dossier: DossierFile = None,
    articles: Articles = None,
) -> None:
    """Print what was understood of each file, one JSON object a line. With --jsonl: {"id","title","text"} a line."""
    paths = _paths(context, files, articles, jsonl)
    from bot.batch.building import build_inspector  # noqa: PLC0415
    from bot.batch.inspection import print_inspected  # noqa: PLC0415

    dossier_in_force, lexicon = _language_data(context, dossier)
    inspector = build_inspector(lexicon, dossier_in_force)
    if jsonl:
        _filter(inspector.line)
    _end(print_inspected(inspector, paths))


@app.command()
def stories(  # noqa: PLR0917  # typer reads options from the parameters
    context: typer.Context,
    files: Files = None,
    style: Formats = Format.TEXT,
    jsonl: JsonLines = False,
    dossier: DossierFile = None,
    articles: Articles = None,
) -> None:
    """Print which files are copies, and which tell of one event. --jsonl: {"id","title","text","published"} a line."""
    paths = _paths(context, files, articles, jsonl)
    from bot.batch.building import build_story_finder  # noqa: PLC0415
    from bot.batch.stories import print_stories  # noqa: PLC0415

    finder = build_story_finder(_language_data(context, dossier)[1])
    if jsonl:
        from bot.batch.jsonl import answer_together  # noqa: PLC0415

        _print_answers(answer_together(sys.stdin.buffer, finder.lines))
    _end(print_stories(finder, paths, style.value))


app.add_typer(evidence)
app.add_typer(searching)
app.add_typer(sources)
app.add_typer(settings_file)
app.add_typer(schedules)
app.add_typer(corrections)


def main() -> NoReturn:
    """Entry point of `attache` and `python -m bot`."""
    speak_utf8()
    try:
        sys.exit(app(spread_paths(sys.argv[1:]), prog_name="attache"))
    except AttacheError as error:
        from bot.console.screen import Screen  # noqa: PLC0415

        Screen().fail(error)
        sys.exit(exit_code(error))
    except BrokenPipeError:  # `attache brief | head`: whoever read has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(STOPPED + signal.SIGPIPE)
    except KeyboardInterrupt:
        sys.exit(STOPPED + signal.SIGINT)


def answer_with(
    context: typer.Context,
    dossier: Path | None,
    articles: list[Path] | None,
    act: "Callable[[Services], Awaitable[int]]",
) -> NoReturn:
    """Open the services that these options ask for, act on them, and exit with the code it gives."""
    settings, given = _settings(context, dossier, articles)
    _end(_with_app(settings, given, lambda opened: act(opened.services)))


def _settings(
    context: typer.Context, dossier: Path | None, articles: list[Path] | None
) -> "tuple[Settings, tuple[Path, ...]]":
    """The settings with the options of this command, or else of the command line before it."""
    from config.settings import load_settings  # noqa: PLC0415

    file = dossier or context.obj[0]
    settings = load_settings(**({"dossier": file} if file else {}))
    speak(settings.language)
    return settings, _given(context, articles)


def _token(settings: "Settings") -> str:
    """Discord's token; an empty one, as in a fresh `.env`, is none."""
    return settings.discord_token.get_secret_value().strip() if settings.discord_token else ""


def _given(context: typer.Context, articles: list[Path] | None) -> tuple[Path, ...]:
    return tuple(articles or context.obj[1] or ())


def _paths(
    context: typer.Context, files: list[Path] | None, articles: list[Path] | None, jsonl: bool
) -> tuple[Path, ...]:
    """The files of a batch command, which may also come as `--articles`."""
    paths = (*(files or ()), *_given(context, articles))
    if bool(paths) == jsonl:
        raise typer.BadParameter(
            "--jsonl reads standard input and takes no files" if jsonl else "give at least one FILE"
        )
    return paths


def _language_data(context: typer.Context, dossier: Path | None) -> "tuple[Dossier, Lexicon]":
    """The dossier in force and the lexicon of its language."""
    from config.loading import load_dossier, load_lexicon  # noqa: PLC0415

    settings, _ = _settings(context, dossier, None)
    found = load_dossier(settings.dossier)
    return found, load_lexicon(settings.lexicon, found.language)


def _data_folder(settings: "Settings") -> Path:
    """Where an SQLite file lives, or would."""
    prefix = "sqlite+aiosqlite:///"
    file = settings.database_url.removeprefix(prefix) if settings.database_url.startswith(prefix) else ""
    return Path(file).parent if file and not file.startswith(":") else Path("data")


async def _examine(
    physician: "Doctor", context: typer.Context, dossier_file: Path | None, articles: list[Path] | None
) -> None:
    """Every check in order; what builds on something that failed is left out."""
    from bot import doctor  # noqa: PLC0415
    from bot.presentation.wording import dossier_words  # noqa: PLC0415
    from config.loading import load_dossier, load_lexicon  # noqa: PLC0415

    found = physician.examine("settings", lambda: _settings(context, dossier_file, articles), lambda _: "in order")
    if found is None:
        return
    settings, given = found
    dossier = physician.examine("dossier", lambda: load_dossier(settings.dossier), dossier_words)
    if dossier is None:
        return
    language = dossier.language
    physician.examine("lexicon", lambda: load_lexicon(settings.lexicon, language), doctor.lexicon_words)
    status = await physician.wait_for("database", _status(settings, given), doctor.status_words)
    for source in doctor.folders_of(dossier, given):
        await physician.wait_for(f"source {source.name}", doctor.count_documents(source), doctor.count_words)
    if status is not None:
        physician.checks.extend(await _checkup(settings, given))
    if not _token(settings):
        physician.examine("discord", lambda: "no token is set; only `run` needs one", str)
    elif status is not None:
        from bot.roles import examine_discord  # noqa: PLC0415

        physician.checks.extend(await examine_discord(settings))


async def _status(settings: "Settings", articles: tuple[Path, ...]) -> "Status":
    from bot.wiring import open_app  # noqa: PLC0415

    opened = await open_app(settings, articles=articles)
    try:
        return await opened.services.status.status()
    finally:
        await opened.close()


async def _checkup(settings: "Settings", articles: tuple[Path, ...]) -> "tuple[Check, ...]":
    """What fails of the sources, and every schedule's next run."""
    from bot.wiring import open_app  # noqa: PLC0415

    opened = await open_app(settings, articles=articles)
    try:
        checkup = opened.services.checkup
        sources = [check for check in await checkup.sources(None) if not check.ok]
        return (*sources, *await checkup.schedules(None))
    finally:
        await opened.close()


async def _with_app(settings: "Settings", articles: tuple[Path, ...], act: "Callable[[App], Awaitable[int]]") -> int:
    from bot.wiring import open_app  # noqa: PLC0415

    opened = await open_app(settings, articles=articles)
    try:
        return await act(opened)
    finally:
        await opened.close()


def _end(work: Coroutine[Any, Any, int], *, stopped: int | None = None) -> NoReturn:
    """Run to the end and exit with its code, or with `stopped` where a signal ended it."""
    from bot.running import run_to_end  # noqa: PLC0415

    raise typer.Exit(run_to_end(work, stopped=stopped))


def _filter(answer: "Callable[[dict[str, Any]], Mapping[str, Any]]") -> NoReturn:
    """Answer standard input line by line. The exit code is 1 if a line could not be answered."""
    from bot.batch.jsonl import answer_lines  # noqa: PLC0415

    _print_answers(answer_lines(sys.stdin.buffer, answer))


def _print_answers(answers: "Iterable[Answered]") -> NoReturn:
    failed = False
    for answered in answers:
        print(answered.line, flush=True)
        failed = failed or answered.failed
    raise typer.Exit(int(failed))
