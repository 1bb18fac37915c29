"""Which sentences can be shown alone."""

import pytest

from bot.briefings.standing import Standing, StandingRules
from bot.language.lexicon import Lexicon

FRAGMENT, DANGLES, LEANS, STANDS = Standing


@pytest.fixture(scope="module")
def rules(lexicon: Lexicon) -> StandingRules:
    return StandingRules(
        lexicon, persons=("Ana Toro", "Toro", "Lind"), impersonal=("Arden", "Belmar City", "Toro party")
    )


@pytest.mark.parametrize(
    "text",
    [
        "Toro said she would sign.",
        "Mr. Lind, for his part, called the plan a good start.",
        "The minister of Arden, Ana Toro, said that her country would wait.",
        "“The dam will be built,” Lind told reporters after his visit.",
        "In her first remarks, Ms. Toro ruled out tolls.",
        "Before he left the capital, Lind met the press.",
        "A week after she took office, Toro called new talks.",
        "In the days since the visit, Lind has led the talks on tolls.",
        "Two weeks later than planned, Arden closed the river.",
        "Years before the dam was built, Arden closed the river.",
        "It is unclear whether the talks will go on.",
        "It's hard to see how the two sides can agree.",
        "It’s been a year since the river was closed.",
        "This week, Arden raised its tolls.",
        "Those who live by the river have moved.",
        "One of the dams was never finished.",
        "So far, Arden has paid nothing.",
        "Both Arden and Belmar want the reservoir.",
        "Smith said he had seen the plans.",
        "''The dam will be built,'' Lind told reporters after his visit.",
        "At noon Mr. Smith told them what he had seen.",
        "The plan of Smith's is what he wanted.",
        "John Smith of Arden denied that he had been asked.",
        "Toro's view is that she was right.",
        "The former minister of Arden opposed the dam.",
        "Arden fears a flood; it wants the dam higher.",
        "Lind named five points and agreed to some of them.",
    ],
)
def test_stands_alone(rules: StandingRules, text: str) -> None:
    verdict = rules.judge(text)

    assert verdict.standing is STANDS, verdict.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("He rejected the plan.", "“He”"),
        ("She’d rather wait.", "“She'd”"),
        ("They went home without a word.", "“They”"),
        ("It would flood the valley.", "“It”"),
        ("This would flood the valley.", "“This”"),
        ("These demands are new to Arden.", "“These”"),
        ("That’s why Belmar left the talks.", "“That's”"),
        ("His offer stands until May.", "“His”"),
        ("But he still wants the dam.", "“But”"),
        ("And it can’t be built without money.", "“And”"),
        ("Then she turned to the tolls.", "“Then”"),
        ("The first was rejected by Belmar.", "series"),
        ("And two, that Belmar would have to pay.", "series"),
        ("Lind prefers to say nothing about this.", "named before"),
        ("The result is a river without fish.", "“The”"),
        ("Neither has said a word since May.", "“Neither”"),
        ("Any such plan would need money.", "“Any”"),
        ("In this context, talks make no sense.", "“In”"),
        ("Without money, they stay at home.", "“Without”"),
        ("Until that changes, nobody will invest in Arden.", "“Until”"),
        ("Lind played down the chance of such a meeting.", "named before"),
        ("An envoy described this as unreasonable.", "named before"),
        ("In just a week, he changed his mind on Belmar.", "“he”"),
        ("On Thursday, she proposed new talks.", "“she”"),
        ("In Arden he met nobody.", "“he”"),
        ("“We will wait,” he wrote.", "“he”"),
        ("“We will wait and see.”", "speaker"),
        ("Officials said he had left.", "“he”"),
        ("Will he sign?", "“he”"),
        ("A number of members of Congress echo her concerns.", "“her”"),
        ("In a talk with Parliament he was frank.", "“he”"),
    ],
)
def test_dangles_and_says_why(rules: StandingRules, text: str, reason: str) -> None:
    verdict = rules.judge(text)

    assert verdict.standing is DANGLES
    assert reason in verdict.reason


@pytest.mark.parametrize(
    "text",
    [
        "But Arden has not paid.",
        "And 19 people were hurt in Belmar.",
        "Third, Arden wants its tolls back.",
        "For example, Lind refused to shake hands.",
        "In any case, Lind is playing for time.",
        "Toro therefore left the room.",
        "In the days since, Lind has led the talks on tolls.",
        "Two weeks later, Arden closed the river.",
        "By then Arden had closed the river.",
        "Shortly afterwards, Arden closed the river.",
        "Will Arden pay?",
        "You can read the plan on paper.",
        "What we have is a dry river in Arden.",
        "As Toro put it, this approach leads nowhere.",
        "“This is the last offer,” Lind said.",
        "“He’s been everywhere,” said Joy Marsh, an adviser to the talks.",
    ],
)
def test_leans_on_what_came_before(rules: StandingRules, text: str) -> None:
    assert rules.judge(text).standing is LEANS


@pytest.mark.parametrize(
    "text",
    [
        "Arden’s demands are unchanged:",
        "and so the talks ended.",
        "“We will wait and see.",
        "But the details matter.”",
        'He said: "Not now.',
        "''We will wait and see.",
        "…",
        "",
        "***",
    ],
)
def test_is_a_fragment(rules: StandingRules, text: str) -> None:
    assert rules.judge(text).standing is FRAGMENT


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        ("Toro met the press.", "She ruled out tolls."),
        ("Toro promised a meeting in May.", "But Lind played down the chance of such a meeting."),
        ("Arden wants the dam.", "An envoy described this as unreasonable."),
        ("“We will wait,” said Toro.", "“This is too early.”"),
        ("Some in Arden doubt Toro.", "In just a week, she changed her mind."),
    ],
)
def test_what_points_back_stands_with_what_it_points_to(rules: StandingRules, head: str, rest: str) -> None:
    assert rules.judge(rest).standing is DANGLES
    assert rules.judge(f"{head} {rest}", head).standing is STANDS


@pytest.mark.parametrize(
    ("head", "rest"),
    [("It rained in Arden City Hall.", "She ruled out tolls."), ("This was new.", "Toro ruled out tolls.")],
)
def test_a_sentence_before_that_names_nobody_is_no_help(rules: StandingRules, head: str, rest: str) -> None:
    assert rules.judge(f"{head} {rest}", head).standing is DANGLES


@pytest.mark.parametrize(("text", "expected"), [("The second concerns tolls.", False), ("She left.", True)])
def test_no_sentence_before_helps_one_of_a_series(rules: StandingRules, text: str, expected: bool) -> None:
    assert rules.judge(text).is_repairable is expected


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        ("he", True),
        ("They", True),
        ("the minister", True),
        ("Her spokesman", True),
        ("the Arden minister", False),
        ("Toro", False),
        ("officials", False),
        ("a minister", False),
        ("", False),
    ],
)
def test_who_is_nameless(rules: StandingRules, speaker: str, expected: bool) -> None:
    assert rules.is_nameless(speaker) is expected


def test_a_state_is_not_who_he_is(rules: StandingRules) -> None:
    assert rules.judge("In Belmar City, he met nobody.").standing is DANGLES
    assert rules.judge("In Belmar City, Lind said he met nobody.").standing is STANDS
