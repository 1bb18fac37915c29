"""Lines that hold an article's title, author, outlet or date."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.articles.boilerplate import compile_any
from bot.articles.lines import Line
from bot.language.lexicon import Lexicon

_LONGEST = 400  # characters of a line that may hold metadata
_KEY_VALUE = re.compile(r"(?P<key>[A-Za-z][A-Za-z _-]{1,24}?)\s*[:=]\s*(?P<value>\S.*)")
_MARKUP = re.compile(r"^[#*_>\s]+|[*_\s]+$")
_SEPARATOR = re.compile(r"\s*[|•·;]\s*|\s+(?:--|[-–—/])\s+")
_COMMA = re.compile(r"\s*,\s*")
_NAME_TOKEN = re.compile(r"(?:[^\W\d_]\.?-?){1,3}\.?|[^\W\d_][\w'’.-]+")
_NUMBER_TOKEN = re.compile(
    r"\d{1,4}(?:st|nd|rd|th)?|\d{1,2}[:.]\d\d(?::\d\d)?(?:[ap]\.?m\.?)?|\d{1,2}[ap]\.?m\.?|[ap]\.?m", re.I
)
_DATE_TOKEN = re.compile(r"\d{4}-\d\d-\d\d(?:t[\d:.]+(?:z|[+-]\d\d:?\d\d)?)?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_HANDLE = re.compile(r"@\w+")


@dataclass(frozen=True, slots=True)
class Found:
    """What one metadata line says: any of the fields may be missing; `rule` names the kind of line."""

    rule: str
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None


class MetadataLines:
    """Reads metadata lines by the patterns of a lexicon's `cleaning.metadata`."""

    def __init__(self, lexicon: Lexicon) -> None:
        data: Mapping[str, Any] = lexicon.section("cleaning")["metadata"]
        self._keys = {
            key: field
            for field in ("title", "author", "outlet", "date", "url", "other")
            for key in data[f"{field}_keys"]
        }
        self._first_on = [re.compile(pattern, re.I) for pattern in data["first_on"]]
        self._copyright = compile_any(data["copyright_outlet"])
        openings = "|".join(sorted(map(re.escape, data["byline_openings"]), key=len, reverse=True))
        self._byline = re.compile(rf"(?:{openings})\s*:?\s+(?P<names>\S.*)", re.I)
        days = "|".join(sorted((*data["weekdays"], *data["months"]), key=len, reverse=True))
        labels = "|".join(sorted(map(re.escape, data["date_labels"]), key=len, reverse=True))
        ons = "|".join(map(re.escape, data["date_joiners"]))
        self._label = re.compile(rf"\s*(?P<label>{labels})\b[\s:]*(?:(?:{ons})\s+)?", re.I)
        self._before_label = re.compile(rf"\s*(?=\b(?:{labels})\b)|\s+(?:{ons})\s+(?=(?:{days})\b)", re.I)
        self._updated = frozenset(data["updated_labels"])
        self._calendar = frozenset(data["months"])
        self._date_words = self._calendar.union(data["weekdays"], data["zones"], data["date_joiners"])
        self._no_names = self._calendar.union(data["weekdays"])
        self._roles = frozenset(word for role in data["byline_roles"] for word in role.split())
        self._particles = frozenset(data["byline_particles"])
        self._no_person_openings = frozenset(data["no_person_openings"])
        self._sections = frozenset(data["section_words"])
        self._outlets = frozenset(data["outlet_words"])
        ins = "|".join(map(re.escape, data["place_words"]))
        self._place = re.compile(rf"\s+(?:{ins})\s+[A-Z][\w.'-]*(?:\s+[A-Z][\w.'-]*)*")
        ands = "|".join(map(re.escape, data["and_words"]))
        self._and = re.compile(rf"\s+(?:{ands})\s+|\s*,\s*(?:{ands})\s+|\s*,\s*", re.I)

    def front_matter(self, line: Line) -> Found | None:
        """A "Key: value" line with a key that the lexicon knows."""
        match = _KEY_VALUE.fullmatch(_MARKUP.sub("", line.text)) if len(line.text) <= _LONGEST else None
        field = self._keys.get(match["key"].strip().casefold()) if match else None
        if match is None or field is None:
            return None
        value = match["value"].strip().strip("\"'“”*").strip() or None
        if field == "outlet" and value and any(map(str.isdigit, value)):
            return None
        rule = f"metadata: {field}"
        return {
            "title": Found(rule, title=value),
            "author": Found(rule, author=value),
            "outlet": Found(rule, outlet=value),
            "date": Found(rule, published=value),
            "url": Found(rule, url=value),
        }.get(field, Found(rule))

    def first_on(self, line: Line) -> Found | None:
        """A line that says where the text appeared first; it may quote the title."""
        for pattern in self._first_on if len(line.text) <= _LONGEST else ():
            if match := pattern.match(line.plain):
                fields = {name: line.text[slice(*match.span(name))].strip() for name in match.groupdict()}
                return Found("appeared first on", title=fields.get("title"), outlet=fields.get("outlet"))
        return None

    def copyright(self, line: Line) -> Found | None:
        """A copyright line with its holder."""
        is_dated = "©" in line.text or _YEAR.search(line.text) is not None
        match = (
            self._copyright.match(line.plain) if line.words <= 12 and len(line.text) <= _LONGEST and is_dated else None
        )
        return Found("legal", outlet=match["outlet"].strip()) if match else None

    def head(self, line: Line) -> Found | None:
        """A byline, a date line, or both on one line (only asked for lines at the head of a text)."""
        if line.words > 24 or len(line.text) > _LONGEST:
            return None
        fields: dict[str, str] = {}
        opened = False
        for segment in self._segments(_MARKUP.sub("", line.text)):
            read = self._read_segment(segment)
            if read is None:
                return None
            opened = opened or "opened" in read
            fields = read | fields
        published = fields.get("published") or fields.get("updated")
        if not (opened or published):
            return None
        rule = "byline" if "author" in fields else "date"
        return Found(rule, author=fields.get("author"), outlet=fields.get("outlet"), published=published)

    def _read_segment(self, segment: str) -> dict[str, str] | None:
        """The fields that one part of a head line gives (none for a section's name); None if it may be prose."""
        match = self._label.match(segment)
        words = segment[match.end() :].strip() if match else segment
        if match and not words:
            return {}
        if self.is_date(words):
            return {"updated" if match and match["label"].casefold() in self._updated else "published": words}
        if (names := self._names_after_opening(segment)) is not None:
            author, outlet = names
            return {"author": author, "opened": ""} | ({"outlet": outlet} if outlet else {})
        if self.bare_names(segment) is not None:
            return {"author": self.bare_names(segment) or segment}
        if self.is_outlet(segment):
            return {"outlet": segment}
        return {} if _is_minor(segment) else None

    def beside_head(self, line: Line) -> Found | None:
        """What a line that says nothing but a name says, standing beside a byline or a date."""
        if len(line.text) > _LONGEST:
            return None
        names, _, last = line.text.rstrip(" ,").rpartition(",")
        if names and self.is_outlet(last.strip()) and self.bare_names(names) is not None:
            return Found("byline", author=names.strip(), outlet=last.strip())
        if (bare := self.bare_names(line.text)) is not None:
            return Found("byline", author=bare)
        if names and self.is_outlet(names) and len(line.text.split()) <= 5 and last.strip()[:1].isupper():
            return Found("outlet", outlet=names)  # "Example News, Geneva"
        return Found("outlet", outlet=last.strip()) if not names and self._stands_as_outlet(line) else None

    def _stands_as_outlet(self, line: Line) -> bool:
        """Whether a line of its own is an outlet's name and not that of a section ("World news")."""
        words = line.text.casefold().split()
        is_short = len(words) <= 4 and not line.ends_sentence and "(" not in line.text
        return is_short and words[0] not in self._sections and self.is_outlet(line.text)

    def bare_names(self, words: str) -> str | None:
        """The names, without the places they write from, if `words` are nothing but one or more persons' names."""
        if self._byline.match(words) is not None:
            return None
        words = self._place.sub("", _HANDLE.sub("", words)).strip(" ,")
        parts = [part for part in self._and.split(words) if part]
        return words if parts and all(self._is_person(part) for part in parts) else None

    def is_outlet(self, words: str) -> bool:
        """Whether `words` look like the name of an outlet."""
        tokens = re.findall(r"\w+", words.casefold())
        return (
            0 < len(tokens) <= 6
            and (not self._outlets.isdisjoint(tokens) or "." in words.strip("."))
            and words[0].isupper()
        )

    def is_date(self, words: str) -> bool:
        """Whether `words` are nothing but a date (and time), with or without the year."""
        tokens = [token for token in re.split(r"[\s,()]+", words) if token]
        if not tokens or len(tokens) > 14:
            return False
        plain = [token.rstrip(".:").casefold() for token in tokens]
        if not all(self._is_date_token(token) for token in plain):
            return False
        has_number = any(_NUMBER_TOKEN.fullmatch(token) for token in plain)
        has_month = any(token in self._calendar for token in plain)
        return (has_number and has_month) or any(_DATE_TOKEN.fullmatch(token) for token in plain)

    def _is_date_token(self, token: str) -> bool:
        return (
            token in self._date_words
            or _NUMBER_TOKEN.fullmatch(token) is not None
            or _DATE_TOKEN.fullmatch(token) is not None
        )

    def _segments(self, text: str) -> list[str]:
        parts = (piece for part in _SEPARATOR.split(text) for piece in self._before_label.split(part))
        return [part.strip(" ,") for part in parts if part.strip(" ,")]

    def _names_after_opening(self, segment: str) -> tuple[str, str | None] | None:
        match = self._byline.fullmatch(segment)
        if match is None:
            return None
        names = self._place.sub("", _HANDLE.sub("", match["names"])).strip()
        parts = [part for part in _COMMA.split(names) if part]
        outlet = parts.pop() if len(parts) > 1 and self.is_outlet(parts[-1]) else None
        if outlet is None and len(parts) == 1:
            parts[0], outlet = self._without_outlet(parts[0])
        while len(parts) > 1 and self._is_role(parts[-1]):
            parts.pop()
        persons = self._and.split(", ".join(parts))
        if not all(self._is_person(name) or self._is_single(name) for name in persons if name):
            return None
        return ", ".join(parts), outlet

    def _without_outlet(self, name: str) -> tuple[str, str | None]:
        """A person's name and the outlet that follows it without a comma: "Jane Doe Example News"."""
        tokens = name.split()
        for at in range(2, len(tokens)):
            person, outlet = " ".join(tokens[:at]), " ".join(tokens[at:])
            if self._is_person(person) and self.is_outlet(outlet):
                return person, outlet
        return name, None

    def _is_role(self, words: str) -> bool:
        return not self._roles.isdisjoint(words.casefold().split()) or words[:1].islower()

    def _is_single(self, name: str) -> bool:
        """One word as a name ("By Reuters", "By admin"), which only an opening word makes credible."""
        return re.fullmatch(r"[^\W\d_][\w.-]+", name) is not None and name.casefold() not in self._no_names

    def _is_person(self, name: str) -> bool:
        tokens = name.split()
        plain = {token.casefold() for token in tokens}
        if not 2 <= len(tokens) <= 5 or not self._no_names.isdisjoint(plain) or plain <= self._roles:
            return False
        if tokens[0].casefold() in self._no_person_openings:
            return False
        if self.is_outlet(name) and not any(len(token) <= 2 for token in tokens):
            return False
        named = [token for token in tokens if token.casefold() not in self._particles]
        return len(named) >= 2 and all(token[0].isupper() and _NAME_TOKEN.fullmatch(token) for token in named)


def _is_minor(segment: str) -> bool:
    """A leftover beside author or date that is too short to be prose: a section's name, an hour, a place."""
    return len(segment.split()) <= 5 and not segment.endswith((".", "!", "?"))
