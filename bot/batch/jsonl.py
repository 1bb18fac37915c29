"""JSON lines as a filter: one line out for each line in, in order; one at a time, or all together."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import AttacheError, InvalidInputError
from bot.presentation.errors import explain

Json = dict[str, Any]
Answer = Callable[[Json], Mapping[str, Any]]
AnswerTogether = Callable[[Sequence[Json]], Sequence[Mapping[str, Any] | AttacheError]]

# Legal within JSON strings, but some readers end a line at them.
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@dataclass(frozen=True, slots=True)
class Answered:
    """One line out. `failed` if it says why there is no answer."""

    line: str
    failed: bool


def answer_lines(lines: Iterable[bytes], answer: Answer) -> Iterator[Answered]:
    """Answer every line that is not blank. What can't be answered becomes `{"id", "error"}` in its place."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _answer_line(number, line, answer)


def answer_together(lines: Iterable[bytes], answer: AnswerTogether) -> Iterator[Answered]:
    """As `answer_lines`, where an answer depends on all lines: they are read to the end first."""
    read = [_read(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    batch = [data for data in read if not isinstance(data, AttacheError)]
    answers = iter(answer(batch))
    for data in read:
        if isinstance(data, AttacheError):
            yield _failed(None, data)
            continue
        identity, found = data.get("id"), next(answers)
        yield _failed(identity, found) if isinstance(found, AttacheError) else _answered(identity, found)


def dumped(data: Mapping[str, Any]) -> str:
    """`data` as one line of JSON, readable where that is safe."""
    text = json.dumps(data, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair: only an escape can carry it
        return json.dumps(data)
    return text.translate(_LINE_ENDS)


def text_field(data: Mapping[str, Any], name: str, *, required: bool = False) -> str:
    """The string at `name`; empty where it is absent or null. Raises `InvalidInputError` for anything else."""
    value = data.get(name)
    if isinstance(value, str):
        return value
    if value is not None or required:
        raise InvalidInputError(name, "" if value is None else str(value)[:80], "a string is needed")
    return ""


def _answer_line(number: int, line: bytes, answer: Answer) -> Answered:
    identity: Any = None
    try:
        data = _parse(number, line)
        identity = data.get("id")
        return _answered(identity, answer(data))
    except AttacheError as error:
        return _failed(identity, error)


def _answered(identity: Any, answer: Mapping[str, Any]) -> Answered:
    return Answered(dumped({"id": identity, **answer}), failed=False)


def _failed(identity: Any, error: AttacheError) -> Answered:
    return Answered(dumped({"id": identity, "error": explain(error)}), failed=True)


def _read(number: int, line: bytes) -> Json | AttacheError:
    try:
        return _parse(number, line)
    except AttacheError as error:
        return error


def _parse(number: int, line: bytes) -> Json:
    try:
        data = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        raise InvalidInputError(f"line {number}", "", f"not UTF-8 (byte {error.start})") from None
    except (ValueError, RecursionError) as error:
        raise InvalidInputError(f"line {number}", _start(line), f"not JSON ({error})") from None
    if not isinstance(data, dict):
        raise InvalidInputError(f"line {number}", _start(line), "a JSON object is needed")
    return data


def _start(line: bytes) -> str:
    return line[:40].decode("utf-8", "replace").strip()
