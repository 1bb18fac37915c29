"""The preview shows what Discord would: escapes gone, markup drawn, nothing live."""

import pytest

from tests.preview import THEMES, Shown, component, inline, markdown, page


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"a \*b\* \<c\>", "a *b* &lt;c&gt;"),
        ("**b** `c`", "<b>b</b> <code>c</code>"),
        ("[open](<https://x.example/?a=1&b=2>)", '<a href="https://x.example/?a=1&amp;b=2">open</a>'),
        ("<t:1935570600:D>", "<span class=time>3 May 2031</span>"),
        ("</schedule add:7> <#9>", "<span class=mention>/schedule add</span> <span class=mention>#news</span>"),
        ("<script>", "&lt;script&gt;"),
    ],
)
def test_a_line_is_drawn(text: str, shown: str) -> None:
    assert inline(text) == shown


def test_lines_are_drawn_by_their_mark() -> None:
    assert markdown("## H\n> q\n-# s\nx") == "<h2>H</h2><blockquote>q</blockquote><small>s</small><div>x</div>"


def test_what_strangers_wrote_is_drawn_as_text() -> None:
    assert inline(r"[A \[b\] <x>](<https://x.example>)") == '<a href="https://x.example">A [b] &lt;x&gt;</a>'


def test_components_are_drawn() -> None:
    options = [{"label": "A", "value": "a"}, {"label": "B", "value": "b", "default": True}]
    assert ">B<" in component({"type": 3, "options": options})
    assert ">Choose<" in component({"type": 8, "placeholder": "Choose"})
    assert "a.md" in component({"type": 13, "file": {"url": "attachment://a.md"}}, {"a.md": b"x" * 1500})
    assert "1.5 KB" in component({"type": 13, "file": {"url": "attachment://a.md"}}, {"a.md": b"x" * 1500})
    gallery = {"type": 12, "items": [{"media": {"url": "attachment://a.png"}, "description": "D"}]}
    assert 'alt="D" src="data:image/png;base64,eA=="' in component(gallery, {"a.png": b"x"})
    section = {"type": 9, "components": [{"type": 10, "content": "T"}], "accessory": {"type": 2, "label": "L"}}
    assert "<div>T</div>" in component(section)
    assert "component 99" in component({"type": 99})


def test_a_page_shows_every_message_in_both_themes_and_widths() -> None:
    button = {"type": 2, "label": "Next", "disabled": True}
    body = {"components": [{"type": 17, "components": [{"type": 10, "content": "Words"}, {"type": 14}]},
                           {"type": 1, "components": [button]}]}  # fmt: skip
    shown = page([Shown("brief", body, {}, private=True)])
    assert shown.count("<div>Words</div>") == 4
    assert shown.count("<button class=s2 disabled>Next</button>") == 4
    assert shown.count("Only you can see this") == 4
    assert page([Shown("brief", body, {})], THEMES[:1], ["phone"]).count("<div>Words</div>") == 1
