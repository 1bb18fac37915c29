"""The console's own pages: what can be asked, and what this is."""

from collections.abc import Iterator

from bot import __version__
from bot.catalogues import tr
from bot.console.grammar import COMMANDS, Command, Option
from bot.console.proposals import proposals
from bot.dossier import Dossier
from bot.presentation.page import Page, Part, command, heading, paragraph, quiet, small, strong, title
from bot.presentation.wording import dossier_words
from bot.services.names import Names


def help_page(names: Names, about: str | None = None) -> Page:
    """Every command with an example that works on this dossier, or one command with all its options."""
    chosen = [one for one in COMMANDS if about and _bare(about) in (_bare(one.name), _bare(one.name).split()[0])]
    if chosen:
        return tuple(part for one in chosen for part in _one(one, names))
    return (
        title(tr("What can be asked")),
        *(part for one in COMMANDS for part in _line(one, names, first=one is COMMANDS[0])),
        small(
            tr("Options are written name: value. The first may go without its name. /help brief explains one."),
            gap=True,
        ),
        small(tr("Tab completes commands, options and names; the arrow keys bring back what was typed before.")),
    )


def about_page(dossier: Dossier) -> Page:
    """Method, privacy, licence."""
    return (
        title(f"Attaché {__version__}"),
        paragraph(tr("A briefing officer for people who follow a negotiation."), gap=True),
        heading(tr("Method")),
        paragraph(
            tr(
                "Every line of content is a verbatim stretch of a stored article, compared with it before it is shown. "
                "Speakers, topics and stances come from rules over words; unsure is shown as unclear, "
                "nothing found as nothing found. There is no language model."
            )
        ),
        heading(tr("Dossier")),
        paragraph(dossier_words(dossier), "."),
        heading(tr("Privacy")),
        paragraph(
            tr("The console keeps what you type in a history file beside the database, and sends nothing anywhere.")
        ),
        heading(tr("Licence")),
        paragraph(tr("MIT. The articles belong to their publishers.")),
    )


def example(one: Command, names: Names) -> str:
    """A line that works: required options, or else the first, with a value of this dossier."""
    needed = [option for option in one.options if option.required] or list(one.options[:1])
    return " ".join([one.name, *(f"{option.name}: {_value(option, names)}" for option in needed)])


def _value(option: Option, names: Names) -> str:
    proposed = proposals(names).get(option.values)
    first = proposed("")[:1] if proposed and not option.example else ()
    return first[0].label if first else option.example or "…"


def _line(one: Command, names: Names, *, first: bool) -> Iterator[Part]:
    line = example(one, names)
    others = [f"{option.name}:" for option in one.options if f"{option.name}:" not in line]
    yield paragraph(command(line), gap=first)
    also = f"; {tr('also {options}', options=', '.join(others))}" if others else ""
    yield paragraph(tr(one.about), quiet(also), indent=2)


def _one(one: Command, names: Names) -> Iterator[Part]:
    yield paragraph(strong(one.name), f": {tr(one.about)}", gap=True)
    for option in one.options:
        needed = quiet(f" ({tr('needed')})") if option.required else ""
        yield paragraph(command(f"{option.name}:"), f" {tr(option.about)}", needed, indent=2)
    yield paragraph(quiet(f"{tr('Example:')} "), command(example(one, names)), indent=2)


def _bare(name: str) -> str:
    return name.strip().casefold().removeprefix("/")
