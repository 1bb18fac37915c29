"""Summaries of files, printed."""

from collections.abc import Sequence
from pathlib import Path

from bot.batch.summaries import Summarizer
from bot.console.screen import Screen
from bot.presentation.summary_page import summary_page

DEFAULT_SENTENCES = 5


async def print_summary(
    summarizer: Summarizer, paths: Sequence[Path], *, words: int | None, sentences: int | None, style: str
) -> int:
    """Print a summary of files. The exit code is 1 if one could not be read."""
    screen = Screen()
    given = await summarizer.files(paths)
    for name, reason in given.unusable:
        screen.note(f"Not read: {name}: {reason}.")
    for name, lead in given.copies:
        screen.note(f"Left out: {name} is a copy of {lead}.")
    limit = sentences if sentences or words else DEFAULT_SENTENCES
    summary = summarizer.articles(given.articles, words=words, sentences=limit)
    screen.answer(summary_page(summary.lines(), len(given.articles)), summary.as_json, style)
    return int(bool(given.unusable))
