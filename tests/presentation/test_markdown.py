"""The same pages as Markdown."""

from dataclasses import replace

import pytest

from bot.presentation.markdown import briefing_markdown, digest_markdown, page_markdown
from bot.presentation.page import command, heading, paragraph, strong, title, verbatim
from tests.presentation.samples import BRIEFING, DIGEST, DOSSIER, LATER, QUOTED


def test_a_briefing_is_a_numbered_list_with_citations() -> None:
    text = briefing_markdown(BRIEFING, DOSSIER)
    assert text.startswith("# Herring talks: briefing")
    assert (
        "\n1. Mara Lind rejected a higher quota on Tuesday.\n\n   Norland Post, Ida Berg, 3 May 2031 · Quota\n" in text
    )
    assert "](<https://coast.example/2>)" in text
    assert "\n## What shifted\n" in text
    assert text.endswith(".\n")


def test_evidence_is_a_block_quote() -> None:
    text = digest_markdown(DIGEST, DOSSIER)
    assert f"\n> {QUOTED.text}\n>\n> Norland Post, Ida Berg, 3 May 2031 · own words\n" in text
    assert f"\n> > {LATER}\n" in briefing_markdown(BRIEFING, DOSSIER)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[click](javascript:alert(1))", "\\[click\\](javascript:alert(1))"),
        ("**not bold**", "\\*\\*not bold\\*\\*"),
        ("<script>", "\\<script\\>"),
        ("`code`", "\\`code\\`"),
        ("# no heading", "\\# no heading"),
        ("two\n\nparagraphs\u202e", "two paragraphs"),
    ],
)
def test_text_formats_nothing(text: str, shown: str) -> None:
    item = replace(BRIEFING.items[0], text=text)
    assert f"1. {shown}\n" in briefing_markdown(replace(BRIEFING, items=(item,)), DOSSIER)


def test_runs_keep_the_space_between_them() -> None:
    page = (title("T"), heading("H*"), paragraph("Add one: ", command("/x `y`"), " or ", strong("z"), verbatim(" ")))
    assert page_markdown(page) == "# T\n\n## H\\*\n\nAdd one: `/x 'y'` or **z** \n"


def test_an_address_that_is_no_web_address_is_no_link() -> None:
    item = BRIEFING.items[1]
    cited = replace(item.citations[0], url="javascript:alert(1)", location="two.txt")
    text = briefing_markdown(replace(BRIEFING, items=(replace(item, citations=(cited,)),)), DOSSIER)
    assert "](<javascript" not in text
    assert "two.txt, undated" in text
