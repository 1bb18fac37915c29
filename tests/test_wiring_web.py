"""The whole program over a feed, as `wiring` puts it together."""

from pathlib import Path

from bot.services.results import BriefRequest
from bot.wiring import open_app
from config.settings import load_settings
from tests.misbehaving_server import misbehaving_server, say
from tests.sources.papers import SENTENCES, page, rss, rss_item

DOSSIER = """
id = "lerwald"
title = "The kelp quota"
language = "en"
[[sources]]
kind = "feed"
location = "{feed}"
name = "Lerwald Post"
[[actors]]
id = "brenner"
name = "Ada Brenner"
kind = "person"
[[topics]]
id = "quota"
name = "Kelp quota"
keywords = ["quota", "kelp"]
proposition = "The kelp quota is raised."
"""


async def test_a_feed_is_read_and_quoted(tmp_path: Path) -> None:
    async with misbehaving_server() as server:
        server.put("/feed", rss(rss_item(link=server.url("/a"), text=SENTENCES[0])), Content_Type="text/xml")
        server.pages["/a"] = say(page(), 200, Content_Type="text/html")
        dossier = tmp_path / "lerwald.toml"
        dossier.write_text(DOSSIER.format(feed=server.url("/feed")), encoding="utf-8")
        settings = load_settings(
            dossier=dossier, database_url="sqlite://", allowed_hosts=f"127.0.0.1:{server.port}", contact="ops@a.example"
        )
        app = await open_app(settings)
        try:
            report = await app.services.sources.reload()
            [view] = await app.services.sources.list()
            briefing = await app.services.briefs.brief(BriefRequest(since="all"))
        finally:
            await app.close()
    assert [source.new for source in report.sources] == [1]
    assert (view.status, view.is_failing) == ("ok", False)
    assert briefing.items
    assert all(item.text in " ".join(SENTENCES) for item in briefing.items)


async def test_a_feed_inside_the_network_is_refused_by_default(tmp_path: Path) -> None:
    async with misbehaving_server() as server:
        dossier = tmp_path / "lerwald.toml"
        dossier.write_text(DOSSIER.format(feed=server.url("/feed")), encoding="utf-8")
        app = await open_app(load_settings(dossier=dossier, database_url="sqlite://", allowed_hosts=""))
        try:
            await app.services.sources.reload()
            [view] = await app.services.sources.list()
        finally:
            await app.close()
        assert not server.requests
    assert (view.status, view.is_failing) == ("invalid", True)
