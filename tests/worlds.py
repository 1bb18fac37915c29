"""A small invented negotiation on disk: a dossier and its articles."""

from dataclasses import dataclass
from pathlib import Path

_DOSSIER = """
id = "herring"
title = "Herring talks"
language = "en"

[[sources]]
kind = "folder"
location = "{articles}"
name = "Coast papers"

[[actors]]
id = "norland"
name = "Norland"
kind = "state"
aliases = ["Norlanders"]

[[actors]]
id = "lind"
name = "Mara Lind"
kind = "person"
aliases = ["Lind"]
role = "fisheries minister of Norland"
side = "norland"

[[actors]]
id = "vesterby"
name = "Jon Vesterby"
kind = "person"
aliases = ["Vesterby"]
role = "fisheries minister of Sudland"

[[topics]]
id = "quota"
name = "Quota"
proposition = "The herring quota is raised."
keywords = ["quota", "quotas", "tonnes"]

[[topics]]
id = "ports"
name = "Ports"
keywords = ["port", "ports", "harbour", "harbours"]
"""

_ARTICLES = {
    "2025-05-02-post.txt": (
        "Minister rejects a higher herring quota",
        "Norland Post",
        "By Ida Berg",
        "2 May 2025",
        "Mara Lind, the fisheries minister of Norland, rejected a higher herring quota on Friday. "
        "“We will not raise the quota,” she told reporters at the harbour.",
        "Jon Vesterby, the fisheries minister of Sudland, said that his fleet needed a quota of 40,000 tonnes. "
        "The talks about the quota go on next week in the port of Lysund.",
    ),
    "2025-05-03-coast.txt": (
        "Sudland opens two ports for the talks",
        "The Coast Herald",
        "By Per Holm",
        "3 May 2025",
        "Jon Vesterby said on Saturday that Sudland would open two ports to foreign ships as long as the talks last. "
        "Mara Lind called the offer a good sign for the harbours on both coasts.",
    ),
    "undated.txt": (
        "The strait has been fished for nine hundred years, and every treaty about its herring has been broken. "
        "Nobody in the ports on either side remembers a year without a quarrel about who may sail where.",
    ),
}


@dataclass(frozen=True, slots=True)
class World:
    """Paths of a dossier and of its articles."""

    dossier: Path
    articles: Path


def write_world(folder: Path) -> World:
    """Write dossier and articles below `folder`."""
    articles = folder / "articles"
    articles.mkdir()
    for name, paragraphs in _ARTICLES.items():
        (articles / name).write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
    dossier = folder / "herring.toml"
    dossier.write_text(_DOSSIER.format(articles=articles.as_posix()), encoding="utf-8")
    return World(dossier, articles)
