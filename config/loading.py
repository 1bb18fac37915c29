"""Dossiers and lexicons, read from TOML and checked. What is wrong is named by file, key and reason."""

import hashlib
import re
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from bot.dossier import Actor, ActorKind, Dossier, Source, SourceKind, Topic, TopicWords, Translation
from bot.errors import ConfigurationError
from bot.language.lexicon import Lexicon
from bot.mistakes import mistakes, written_as
from bot.services.results import Figure, Quality

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Language = Annotated[str, written_as(r"[a-z]{2}", "it must be two small letters, such as en")]
_Id = Annotated[
    str, written_as(r"[a-z0-9]+(-[a-z0-9]+)*", "it must be small letters, digits and hyphens, such as two-words")
]


def _holds_words(keyword: str) -> str:
    """As `bot.positions.topics` divides it: a part without a word would fit nothing, or everything."""
    parts = re.split(r"\.{2,3}| \+ ", keyword.removeprefix("-").removeprefix("~"))
    if not all(any(map(str.isalnum, part)) for part in parts):
        raise ValueError(f"“{keyword}” has a part without a word")
    return keyword


_Keyword = Annotated[_Text, AfterValidator(_holds_words)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _SourceEntry(_Strict):
    kind: Literal["folder", "feed", "page"]
    location: _Text
    name: _Text


class _ActorEntry(_Strict):
    id: _Id
    name: _Text
    kind: Literal["person", "state", "organisation"]
    aliases: tuple[_Text, ...] = ()
    role: _Text | None = None
    side: _Id | None = None
    principal: bool = False


class _TopicEntry(_Strict):
    id: _Id
    name: _Text
    keywords: Annotated[tuple[_Keyword, ...], Field(min_length=1)]
    proposition: _Text | None = None


class _TopicWords(_Strict):
    name: _Text
    proposition: _Text | None = None


class _Translation(_Strict):
    title: _Text | None = None
    topics: dict[_Id, _TopicWords] = {}
    actors: dict[_Id, Annotated[tuple[_Text, ...], Field(min_length=1)]] = {}


class _DossierFile(_Strict):
    id: _Id
    title: _Text
    language: _Language
    sources: tuple[_SourceEntry, ...] = ()
    actors: tuple[_ActorEntry, ...] = ()
    topics: tuple[_TopicEntry, ...] = ()
    translations: dict[_Language, _Translation] = {}

    @model_validator(mode="after")
    def _ids_are_consistent(self) -> "_DossierFile":
        for kind, entries in (("actors", self.actors), ("topics", self.topics)):
            ids = [entry.id for entry in entries]
            twice = sorted({one for one in ids if ids.count(one) > 1})
            if twice:
                raise ValueError(f"{kind}: two have the id {twice[0]}, give each its own")
        known = {actor.id for actor in self.actors}
        for actor in self.actors:
            if actor.side is not None and actor.side not in known:
                raise ValueError(f"actors.{actor.id}.side: no actor has the id {actor.side}")
        topics = {topic.id for topic in self.topics}
        for language, words in self.translations.items():
            unknown = sorted(words.topics.keys() - topics)
            if unknown:
                raise ValueError(f"translations.{language}.topics: no topic has the id {unknown[0]}")
            unknown = sorted(words.actors.keys() - known)
            if unknown:
                raise ValueError(f"translations.{language}.actors: no actor has the id {unknown[0]}")
        _check_names("sources", [source.name for source in self.sources])
        _check_names("actors", [actor.name for actor in self.actors])
        _check_names("topics", [topic.name for topic in self.topics])
        for language, words in self.translations.items():
            _check_names(f"translations.{language}.topics", [topic.name for topic in words.topics.values()])
        return self


def _check_names(kind: str, names: Sequence[str]) -> None:
    """Nobody could say which of two is meant. Aliases may be shared: by such a name nobody is heard (see `doctor`)."""
    folded = [name.casefold() for name in names]
    twice = next((name for name in names if folded.count(name.casefold()) > 1), None)
    if twice is not None:
        raise ValueError(f"{kind}: two are called {twice}, give each its own name")


def load_dossier(path: Path) -> Dossier:
    """Read and check a dossier. A folder's relative location counts from the project's root or the dossier's folder.

    Raises `ConfigurationError` naming file, key (or line) and reason.
    """
    data, digest = _read_toml(path)
    try:
        checked = _DossierFile.model_validate(data)
    except ValidationError as error:
        raise ConfigurationError(str(path), mistakes(error, data)) from None
    return Dossier(
        id=checked.id,
        title=checked.title,
        language=checked.language,
        sources=tuple(
            Source(
                id=_source_id(entry),
                kind=SourceKind(entry.kind),
                location=_located(entry, path),
                name=entry.name,
            )
            for entry in checked.sources
        ),
        actors=tuple(
            Actor(e.id, e.name, ActorKind(e.kind), e.aliases, e.role, e.side, e.principal) for e in checked.actors
        ),
        topics=tuple(Topic(e.id, e.name, e.keywords, e.proposition) for e in checked.topics),
        digest=digest,
        translations={language: _translation(words) for language, words in checked.translations.items()},
    )


def _translation(words: _Translation) -> Translation:
    topics = {key: TopicWords(one.name, one.proposition) for key, one in words.topics.items()}
    return Translation(words.title, topics, dict(words.actors))


def load_lexicon(folder: Path, language: str) -> Lexicon:
    """Read every section (one TOML file each) of a language's lexicon. Raises `ConfigurationError`."""
    files = sorted((folder / language).glob("*.toml"))
    if not files:
        raise ConfigurationError(f"lexicon {language}", f"no language data in {folder / language}")
    sections: dict[str, dict[str, Any]] = {}
    digest = hashlib.sha256()
    for file in files:
        sections[file.stem], part = _read_toml(file)
        digest.update(f"{file.stem}:{part};".encode())
    return Lexicon(language, sections, digest.hexdigest())


def _source_id(entry: _SourceEntry) -> str:
    """Stable over restarts and file order: what is read, not what it is called."""
    return hashlib.sha256(f"{entry.kind}\0{entry.location}".encode()).hexdigest()[:12]


def _located(entry: _SourceEntry, dossier: Path) -> str:
    if entry.kind != "folder":
        return entry.location
    candidates = [Path(entry.location)] if Path(entry.location).is_absolute() else []
    candidates += [dossier.resolve().parent / entry.location, Path(__file__).resolve().parent.parent / entry.location]
    return str(next((folder for folder in candidates if folder.is_dir()), candidates[0]))


def _read_toml(path: Path) -> tuple[dict[str, Any], str]:
    try:
        content = path.read_bytes()
        return tomllib.loads(content.decode("utf-8")), hashlib.sha256(content).hexdigest()
    except OSError as error:
        raise ConfigurationError(str(path), f"can't be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ConfigurationError(str(path), f"is not UTF-8 (byte {error.start})") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(str(path), str(error)) from None


class _FigureEntry(_Strict):
    what: _Text
    figure: _Text
    readme: _Text


class _QualityFile(_Strict):
    measured_on: date
    figures: tuple[_FigureEntry, ...]


def load_quality(path: Path) -> Quality:
    """What was measured. Raises `ConfigurationError`."""
    data, _ = _read_toml(path)
    try:
        checked = _QualityFile.model_validate(data)
    except ValidationError as error:
        raise ConfigurationError(str(path), mistakes(error, data)) from None
    return Quality(checked.measured_on, tuple(Figure(one.what, one.figure) for one in checked.figures))
