"""Content as strangers might write it: everything that Discord acts on, and far too much of it."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TypeVar

T = TypeVar("T")

MENTIONS = ("@everyone", "@here", "<@905>", "<@!905>", "<@&906>", "<#904>", "</brief:7000>", "<id:guide>")
STEERING = "\u202e\u2066\u200b\u200f\ufeff\u2060\u00ad\x1b[31m\x07\x00\ud800"
TEXT = (
    f"# {' '.join(MENTIONS)} **b** _i_ ~~s~~ ||x|| `c` ```py\nprint()\n``` [here](https://evil.example) "
    f"https://evil.example/a_b_c <https://evil.example> <t:0:R> <:e:1> <a:e:1>\n> q\n-# s\n- l\n1. n {STEERING} end"
)
# Ours or the dossier's: ids, and what was asked.
_KEPT = ("id", "actor_id", "topic_id", "article_id", "story_id", "topics", "actors", "asked", "lead_id", "edition")
URLS = (
    "javascript:alert(1)",
    "https://x.example/a b)<@905>",
    "https://x.example/)](https://evil.example)",
    "http://[broken",
    "https://x.example/" + "a" * 900,
    "https://x.example/\u202eexe.pdf",
    "data:text/html,x",
    "//x.example",
)


def changed(value: T, change: Callable[[str, str], str], name: str = "") -> T:
    """`value` with every string in it, at any depth, replaced by `change(name of its field, string)`."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return change(name, value)  # type: ignore[return-value]  # a string for a string
    if isinstance(value, tuple):
        return tuple(changed(one, change, name) for one in value)  # type: ignore[return-value]  # a tuple for a tuple
    if is_dataclass(value) and not isinstance(value, type):
        given = (field.name for field in fields(value) if field.init)
        new = {one: changed(getattr(value, one), change, one) for one in given}
        return replace(value, **new)
    return value


def hostile(value: T) -> T:
    """Every text and name hostile; ids, addresses and requests stay what they are."""
    return changed(value, lambda name, text: text if name in _KEPT else URLS[1] if name == "url" else TEXT)


def enormous(value: T, times: int) -> T:
    """Every text as long as said, made of many short words."""
    return changed(value, lambda name, text: text if name in (*_KEPT, "url") else "word " * times)
