"""The preview shows what Discord would: escapes gone, markup drawn, nothing live."""

import pytest

from tests.preview import inline, markdown, page


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


def test_a_page_shows_every_message_in_both_themes_and_widths() -> None:
    button = {"type": 2, "label": "Next", "disabled": True}
    body = {"components": [{"type": 17, "components": [{"type": 10, "content": "Words"}, {"type": 14}]},
                           {"type": 1, "components": [button]}]}  # fmt: skip
    assert page([body]).count("<div>Words</div>") == 4
    assert page([body]).count("<button disabled>Next</button>") == 4
