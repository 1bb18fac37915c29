"""A program of its own for `test_loading_bench.py`: a cold load, one where nothing changed, one where one file did.

Arguments: dossier, database, the file to change. Prints seconds as JSON, with those of all processors.
"""

import asyncio
import json
import resource
import sys
from pathlib import Path
from time import perf_counter

from bot.services.results import SourceReport
from bot.wiring import App, open_app
from config.settings import load_settings


async def main(dossier: Path, database: str, file: Path) -> None:
    """Load three times with one start of the program."""
    started_at = perf_counter()
    app = await open_app(load_settings(dossier=dossier, database_url=database))
    found: dict[str, object] = {"start": perf_counter() - started_at}
    try:
        for name in ("cold", "unchanged", "changed"):
            if name == "changed":
                _change(file)
            found |= await _timed(app, name)
    finally:
        await app.close()
    print(json.dumps(found))


def _change(file: Path) -> None:
    file.write_text(f"{file.read_text(encoding='utf-8')}\nNobody said anything else.\n", encoding="utf-8")


async def _timed(app: App, name: str) -> dict[str, object]:
    before, started_at = _processors(), perf_counter()
    (report,) = (await app.services.sources.reload_due()).sources
    seconds = perf_counter() - started_at
    return {name: seconds, f"{name}_processors": _processors() - before, f"{name}_report": _numbers(report)}


def _processors() -> float:
    """Seconds of work so far, of this process and of those that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _numbers(report: SourceReport) -> tuple[int, int, int, int]:
    return report.new, report.changed, report.unchanged, report.statements


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])))
