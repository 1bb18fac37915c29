"""Learns the weights of `bot/articles/line_weights.py` and writes that file.

    python tests/quality/learn_line_weights.py ../shared/eval

A logistic regression (Newton's method, L2) over `bot.articles.line_shapes.FEATURES`, which know no words. It learns on
every other text of `lines_aeb_dev` (by id: first, third, …) and on every other text of `polnear_dev`, whose lines are
all article; `test_cleaning_quality.py` measures on the other halves.
"""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from math import log1p
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from bot.articles.clean import Cleaner  # noqa: E402 - the project must be on the path first
from bot.articles.line_shapes import FEATURES, describe_lines  # noqa: E402 - the same
from config.loading import load_lexicon  # noqa: E402 - the same

Numbers = npt.NDArray[np.float64]
PENALTY = 60.0
CLEAN_TEXT_WEIGHT = 1.0  # of a line of clean news beside a line of a web page
LONG_LINE_WEIGHT = 0.15  # losing a long line of an article is worse than losing a short one
HEADER = '''"""What a line's shape says for (plus) or against (minus) its being part of an article.

Written by `tests/quality/learn_line_weights.py`; don't edit.
"""

from collections.abc import Mapping
from types import MappingProxyType
'''


def training_half(path: Path) -> list[dict[str, Any]]:
    """The texts to learn from: every other one by id."""
    return sorted(read_jsonl(path), key=lambda item: item["id"])[0::2]


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def learn(data: Path) -> tuple[Mapping[str, float], float]:
    """Weights by feature and the constant, from the training halves below `data`."""
    cleaner = Cleaner(load_lexicon(PROJECT / "config" / "lexicon", "en"))
    gold = {item["id"]: item["keep"] for item in read_jsonl(data / "lines_aeb_dev" / "gold.jsonl")}
    rows: list[Numbers] = []
    kept: list[float] = []
    weights: list[float] = []
    for item in training_half(data / "lines_aeb_dev" / "input.jsonl"):
        shapes, _ = _shapes(cleaner, "\n".join(item["lines"]))
        rows.append(shapes)
        kept += gold[item["id"]]
        pairs = zip(item["lines"], gold[item["id"]], strict=True)
        weights += [1.0 + LONG_LINE_WEIGHT * keep * log1p(len(line.split())) for line, keep in pairs]
    for item in training_half(data / "polnear_dev" / "input.jsonl"):
        shapes, met = _shapes(cleaner, item["text"])
        rows.append(shapes)
        kept += [1.0] * len(shapes)
        weights += [0.0 if hit else CLEAN_TEXT_WEIGHT for hit in met]
    return _fit(np.vstack(rows), np.array(kept), np.array(weights))


def _shapes(cleaner: Cleaner, text: str) -> tuple[Numbers, list[bool]]:
    verdicts = cleaner.examine_by_rules(text)
    met = [verdict.rule is not None for verdict in verdicts]
    return np.array(describe_lines([verdict.line for verdict in verdicts], met)), met


def _fit(rows: Numbers, kept: Numbers, weights: Numbers) -> tuple[Mapping[str, float], float]:
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    inputs = np.hstack([(rows - mean) / spread, np.ones((len(rows), 1))])
    penalty = np.eye(inputs.shape[1]) * PENALTY
    penalty[-1, -1] = 0.0
    found = np.zeros(inputs.shape[1])
    for _ in range(50):
        share = 1.0 / (1.0 + np.exp(-np.clip(inputs @ found, -30.0, 30.0)))
        gradient = inputs.T @ (weights * (share - kept)) + penalty @ found
        curvature = (inputs * (weights * share * (1.0 - share))[:, None]).T @ inputs + penalty
        step = np.linalg.solve(curvature, gradient)
        found = found - step
        if np.abs(step).max() < 1e-7:
            break
    plain = found[:-1] / spread
    return dict(zip(FEATURES, plain.tolist(), strict=True)), float(found[-1] - plain @ mean)


def write(path: Path, weights: Mapping[str, float], bias: float) -> None:
    """Write the weights as a module."""
    path.write_text("\n".join(_module(weights.items(), bias)) + "\n", encoding="utf-8")


def _module(weights: Iterable[tuple[str, float]], bias: float) -> Sequence[str]:
    entries = [f'        "{name}": {value:.4f},' for name, value in weights]
    opening = (HEADER, f"BIAS = {bias:.4f}", "WEIGHTS: Mapping[str, float] = MappingProxyType(", "    {")
    return [*opening, *entries, "    }", ")"]


if __name__ == "__main__":
    write(PROJECT / "bot" / "articles" / "line_weights.py", *learn(Path(sys.argv[1]) / "data"))
