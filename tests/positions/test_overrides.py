"""What was withdrawn is hidden wherever it shows, and only there."""

import pytest

from bot.positions.overrides import Override, Overrides

BEFORE, LINE, AFTER = "The ministers met.", "Nobody was asked about the quota.", "The talks go on."
SHOWN = f"{LINE} {AFTER}"


@pytest.mark.parametrize(
    ("text", "is_withdrawn"),
    [
        (SHOWN, True),
        (LINE, True),
        (AFTER, True),
        (f"{BEFORE} {SHOWN}", True),
        (f"{BEFORE} {LINE}", True),
        (f"{AFTER} They will end.", True),
        (BEFORE, False),
        ("They will end.", False),
        ("Nobody was asked.", False),
    ],
)
def test_a_text_is_withdrawn_with_a_sentence_of_it(text: str, is_withdrawn: bool) -> None:
    line = Override(1, 0, "a", SHOWN, "", None, withdrawn=True)
    stance = Override(2, 0, "b", SHOWN, LINE, "lind", speaker="vesterby")
    overrides = Overrides([line, stance], {})
    assert overrides.withdraws("a", text) is is_withdrawn
    assert not overrides.withdraws("b", text)
