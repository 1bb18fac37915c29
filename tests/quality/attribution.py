"""The reader's output in the form the shared scorers read, and the scorers run on it.

Run by hand: `python -m tests.quality.attribution polnear_dev` (or gumquotes_other) prints the scorer's figures.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.articles.model import Article
from bot.language.blocks import Block, BlockKind
from bot.language.spans import Span, trimmed
from bot.positions.model import Mode, Reading, Statement
from bot.positions.reader import Reader
from config.loading import load_dossier, load_lexicon

_GOES_ON = frozenset({"speech:next-paragraph", "speech:continued", "speech:transcript-continued"})


def plain_article(text: str, *, title_first: bool = False) -> Article:
    """An article of nothing but paragraphs, one a line."""
    blocks: list[Block] = []
    start = 0
    for line in text.split("\n"):
        span = trimmed(text, Span(start, start + len(line)))
        if len(span):
            kind = BlockKind.TITLE if title_first and not blocks else BlockKind.PARAGRAPH
            blocks.append(Block(kind, span))
        start += len(line) + 1
    return Article("a", "s", "l", "h", None, None, None, None, None, text, tuple(blocks))


def quotes_of(reading: Reading) -> list[dict[str, Any]]:
    """Statements as the scorer's quotes; direct speech of one cue is one quote of several spans, as annotated there."""
    quotes: list[dict[str, Any]] = []
    last: Statement | None = None
    for statement in reading.statements:
        span = [statement.content.start, statement.content.end]
        if last is not None and _is_one(last, statement):
            quotes[-1]["spans"].append(span)
        else:
            quotes.append(_quote(statement, span))
        last = statement
    return quotes


def _is_one(last: Statement, statement: Statement) -> bool:
    direct = last.mode is Mode.QUOTE and statement.mode is Mode.QUOTE
    same_cue = last.cue_span is not None and last.cue_span == statement.cue_span
    goes_on = bool(_GOES_ON.intersection(statement.rules))
    return direct and (same_cue or goes_on)


def _quote(statement: Statement, span: list[int]) -> dict[str, Any]:
    speaker = statement.speaker
    quote: dict[str, Any] = {"spans": [span], "speaker": speaker.name or speaker.text or None}
    if speaker.span is not None:
        quote["speaker_start"], quote["speaker_end"] = speaker.span.start, speaker.span.end
    return quote


def read_all(reader: Reader, inputs: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One line a document: its id and quotes."""
    return [{"id": one["id"], "quotes": quotes_of(reader.read(plain_article(one["text"])))} for one in inputs]


def score_quotes(shared: Path, data: str, output: Path, reader: Reader) -> dict[str, Any]:
    """Run the shared scorer on the reader's output for `data`, written to `output`."""
    folder = shared / "eval" / "data" / data
    inputs = [json.loads(line) for line in (folder / "input.jsonl").read_text("utf-8").splitlines()]
    output.write_text("".join(json.dumps(line) + "\n" for line in read_all(reader, inputs)), "utf-8")
    scorer = str(shared / "eval" / "score_quotes.py")
    command = [sys.executable, scorer, str(folder / "gold.jsonl"), str(output), "--json"]
    result: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return result


def main(data: str) -> None:
    """Print the figures for one data set, a line a group."""
    project = Path(__file__).resolve().parent.parent.parent
    dossier = load_dossier(project / "config" / "dossiers" / "ukraine-peace.toml")
    reader = Reader(load_lexicon(project / "config" / "lexicon", "en"), dossier)
    with tempfile.TemporaryDirectory() as folder:
        figures = score_quotes(project.parent / "shared", data, Path(folder) / "output.jsonl", reader)
    for group, values in figures.items():
        print(f"{group:10} {values}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "polnear_dev")
