"""The program as others start it: pipes, exit codes, signals, a terminal."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time

from tests.cli.conftest import Attache
from tests.worlds import World

HEAVY = ("sqlalchemy", "pydantic", "prompt_toolkit", "numpy", "discord", "bot.wiring", "config.settings")


def test_a_command_in_a_pipe_is_answered_once(process: Attache) -> None:
    done = process(stdin="/brief\n")
    assert done.code == 0
    assert done.out.startswith("Herring talks: briefing, newest day with news: 3 May 2025\n")
    assert done.out.count("Herring talks: briefing") == 1
    assert re.fullmatch(r"Read 3 articles, \d+ statements found\.\n", done.err)
    assert "\x1b" not in done.out + done.err


def test_lines_in_a_pipe_are_answered_in_order_and_a_wrong_one_does_not_stop_the_rest(process: Attache) -> None:
    done = process(stdin="\ufeff/status\r\n\n# remark\n/breif\n/positions lind\n/quit\n/status\n")
    assert done.code == 1
    assert done.out.startswith("Status\n")
    assert done.out.count("Status") == 1
    assert "\n\nMara Lind: positions\n" in done.out
    assert "Did you mean “/brief”?" in done.err


def test_odd_bytes_in_a_pipe_are_survived(process: Attache) -> None:
    done = process(stdin=b"\xff\xfe\x00/brief\n" + b"/" + b"x" * 3_000_000 + b"\n\x1b[A\n/help")
    assert done.code == 1
    assert "What can be asked" in done.out
    assert "Traceback" not in done.err
    assert "\x1b" not in done.err


def test_no_input_at_all_is_no_error(world: World) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot"], stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=300
    )
    assert (done.returncode, done.stdout) == (0, b"")


def test_commands_may_come_from_a_file(world: World) -> None:
    script = world.dossier.with_name("commands")
    script.write_text("/positions lind\n", encoding="utf-8")
    with script.open() as stdin:
        done = subprocess.run([sys.executable, "-m", "bot"], stdin=stdin, capture_output=True, check=False, timeout=300)
    assert done.returncode == 0
    assert done.stdout.decode().startswith("Mara Lind: positions\n")


def test_a_reader_that_has_enough_is_no_error(world: World) -> None:
    command = f"'{sys.executable}' -m bot inspect articles articles articles | head -c 10"
    done = subprocess.run(command, shell=True, capture_output=True, check=False, timeout=300)
    assert len(done.stdout) == 10
    assert done.stderr == b""


def test_help_loads_nothing_heavy(world: World) -> None:
    code = (
        "import sys; sys.argv = ['attache', '--help']\n"
        "from bot.cli.main import main\n"
        "try: main()\n"
        f"finally: print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=300)
    assert done.returncode == 0
    assert done.stderr.decode().strip() == "[]"


def test_a_filter_answers_each_line_before_the_next_comes(world: World) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "inspect", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for number, text in enumerate(["“We will stay,” Mara Lind said.", "", "The ship came home on Monday."]):
            running.stdin.write(json.dumps({"id": number, "text": text}).encode() + b"\n")
            running.stdin.flush()
            answer = json.loads(running.stdout.readline())
            assert answer["id"] == number
            assert ("error" in answer) == (text == "")
        running.stdin.close()
        assert running.wait(timeout=300) == 1


def test_a_filter_for_summaries(process: Attache) -> None:
    line = {"id": "s", "docs": [{"title": "T", "text": "The ship came home on Monday with all its men."}], "budget": 20}
    done = process("summarize", "--jsonl", stdin=json.dumps(line) + "\n")
    assert done.code == 0
    assert json.loads(done.out)["summary"] == "The ship came home on Monday with all its men."


def test_sigterm_ends_a_waiting_console_in_order(world: World) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(b"/status\n")
        running.stdin.flush()
        assert running.stdout.readline() == b"Status\n"
        running.terminate()
        assert running.wait(timeout=300) == 128 + signal.SIGTERM
        assert running.stderr is not None
        assert b"Traceback" not in running.stderr.read()


class Terminal:
    """A console in a pseudo-terminal."""

    def __init__(self) -> None:
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "60"}
            os.execve(sys.executable, [sys.executable, "-m", "bot"], environment)
        self.seen = b""
        self._told = 0

    def wait_for(self, words: bytes, seconds: float = 300) -> None:
        """Read until `words` come, after what was typed and what was waited for before."""
        end = time.monotonic() + seconds
        while words not in self.seen[self._told :]:
            assert time.monotonic() < end, self.seen[self._told :]
            if select.select([self._fd], [], [], 0.2)[0]:
                self._read()
        self._told = self.seen.index(words, self._told) + len(words)

    def type(self, words: bytes) -> None:
        """Press keys."""
        self._told = len(self.seen)
        os.write(self._fd, words)

    def exit_code(self) -> int:
        """Read to the end."""
        while self._read():
            pass
        os.close(self._fd)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def _read(self) -> bool:
        try:
            found = os.read(self._fd, 65536)
        except OSError:  # the other end is closed
            return False
        self.seen += found
        if b"\x1b[6n" in found:  # where is the cursor?
            os.write(self._fd, b"\x1b[1;1R")
        return bool(found)


PROMPT = "attaché>".encode()
PASTING_ENDS = b"\x1b[?2004l"  # a prompt leaves the terminal as it was


def test_a_terminal_gets_a_briefing_a_prompt_and_completion(world: World) -> None:
    terminal = Terminal()
    terminal.wait_for(PROMPT)
    assert b"Herring talks: briefing, newest day with news" in terminal.seen
    assert b"\x1b[1m" in terminal.seen, "bold titles"
    terminal.type(b"/positions actor: Mar")
    terminal.wait_for(b"Mara Lind")
    terminal.type(b"\t\r")
    terminal.wait_for(b"Mara Lind: positions")
    terminal.wait_for(PROMPT)
    terminal.type(b"\x04")  # Ctrl-D
    assert terminal.exit_code() == 0
    history = (world.dossier.parent / "data" / "console_history").read_text(encoding="utf-8")
    assert "/positions actor: Mara Lind" in history


def test_ctrl_c_clears_what_is_typed_and_leaves_if_that_is_nothing(world: World) -> None:
    terminal = Terminal()
    terminal.wait_for(PROMPT)
    terminal.type(b"/brief\x03")
    terminal.wait_for(PASTING_ENDS)
    terminal.wait_for(PROMPT)  # the next one, not the first drawn anew
    terminal.type(b"\x03")
    assert terminal.exit_code() == 0
    assert b"Traceback" not in terminal.seen
