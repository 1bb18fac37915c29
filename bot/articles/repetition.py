"""Lines that repeat over a source's documents are that source's furniture."""

from collections import Counter
from collections.abc import Iterable

_FEWEST_DOCUMENTS = 3
_SHARE = 0.05  # of the source's documents
_LONGEST = 400  # characters; whole paragraphs repeat in copies, and those are folded elsewhere


def find_repeated_lines(documents: Iterable[str]) -> frozenset[str]:
    """Lines (without outer white space) that stand in at least 3 of the decoded texts and in 5 % of them.

    A document that is a copy of another would make its paragraphs look like furniture, so texts are told apart by
    their longest line: those with the same longest line count as one.
    """
    counts: Counter[str] = Counter()
    leads: set[str] = set()
    for text in documents:
        lines = {line for raw in text.splitlines() if (line := raw.strip())}
        longest = max(lines, key=lambda line: (len(line), line), default="")
        if longest in leads or not longest:
            continue
        leads.add(longest)
        counts.update(line for line in lines if len(line) <= _LONGEST)
    least = max(_FEWEST_DOCUMENTS, _SHARE * len(leads))
    return frozenset(line for line, count in counts.items() if count >= least)
