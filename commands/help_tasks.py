"""What somebody may want to do, and the command for it. `/help` shows what is registered of it, grouped."""

from collections.abc import Iterator
from dataclasses import dataclass

from discord.app_commands import Command, Group

from bot.catalogues import mark, tr
from commands.replies import Tree

AnyCommand = Command | Group  # type: ignore[type-arg]  # of any cog


@dataclass(frozen=True, slots=True)
class Task:
    """A command by its full name, and in a few words what it gives."""

    command: str
    words: str


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks that belong together. Those `for_admins` are shown to who may manage the server."""

    title: str
    tasks: tuple[Task, ...]
    for_admins: bool = False


GROUPS = (
    TaskGroup(
        mark("Read"),
        (
            Task("brief", mark("the news now; `since: 7d` for a week")),
            Task("catchup", mark("what is new since you last looked")),
            Task("search", mark("sentences with certain words")),
            Task("ask", mark("sentences that answer a question")),
            Task("summarize", mark("a link, a text or a file in a few of its own sentences")),
        ),
    ),
    TaskGroup(
        mark("Who stands where"),
        (
            Task("positions", mark("by actor, or everybody on a `topic:`")),
            Task("grid", mark("everybody on everything, as a picture")),
            Task("compare", mark("two side by side")),
            Task("shifts", mark("who moved")),
            Task("timeline", mark("a topic or an actor day by day")),
            Task("quotes", mark("somebody’s own words")),
            Task("follow", mark("a message to you when a position appears or shifts")),
        ),
    ),
    TaskGroup(
        mark("Check"),
        (
            Task("prove", mark("where a line stands; also “Prove” among a message’s apps")),
            Task("corrections list", mark("posts that were corrected")),
            Task("status", mark("what I hold")),
            Task("about", mark("how I work, how good I am, what I keep")),
            Task("privacy delete", mark("forget what I keep about you")),
        ),
    ),
    TaskGroup(
        mark("Scheduled briefings"),
        (
            Task("setup", mark("begin here: channel, time, topics")),
            Task("schedule add", mark("another one, with every option")),
            Task("schedule list", mark("next posts and last outcomes")),
            Task("schedule edit", mark("change one")),
            Task("schedule preview", mark("see it before it is posted")),
        ),
        for_admins=True,
    ),
    TaskGroup(
        mark("Look after me"),
        (
            Task("doctor", mark("what is wrong, and what to do about it")),
            Task("sources add", mark("read a feed or a page")),
            Task("sources list", mark("how each source fares")),
            Task("explain", mark("why an article was told or left")),
            Task("settings export", mark("this server’s settings as a file")),
            Task("audit", mark("who changed what")),
        ),
        for_admins=True,
    ),
)


def help_sections(tree: Tree, *, for_admin: bool) -> Iterator[tuple[str, tuple[Task, ...]]]:
    """Titles with the tasks that this tree has commands for. A command that no task names brings its description."""
    named = {task.command.partition(" ")[0] for group in GROUPS for task in group.tasks} | {"help"}
    for group in GROUPS:
        tasks = tuple(Task(task.command, tr(task.words)) for task in group.tasks if find_command(tree, task.command))
        if tasks and (for_admin or not group.for_admins):
            yield tr(group.title), tasks
    others = [one for one in tree.get_commands() if isinstance(one, Command | Group) and one.name not in named]
    shown = [one for one in others if for_admin or one.default_permissions is None]
    if shown:
        yield tr("More"), tuple(Task(_first(one), tr(one.description)) for one in shown)


def find_command(tree: Tree, name: str) -> AnyCommand | None:
    """The command with this full name, if it is registered."""
    root, *path = name.split()
    found = tree.get_command(root)
    for part in path:
        found = found.get_command(part) if isinstance(found, Group) else None
    return found if isinstance(found, Command | Group) else None


def _first(command: AnyCommand) -> str:
    """What can be clicked: a group can't, so the first of its commands."""
    return command.qualified_name if isinstance(command, Command) else _first(command.commands[0])
