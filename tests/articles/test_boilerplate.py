"""Lines that the lexicon knows: what goes, and what must not."""

import pytest

from bot.articles.boilerplate import Boilerplate
from bot.articles.lines import split_lines
from bot.errors import ConfigurationError
from bot.language.lexicon import Lexicon


@pytest.fixture(scope="session")
def boilerplate(lexicon: Lexicon) -> Boilerplate:
    return Boilerplate(lexicon)


def rule_name(boilerplate: Boilerplate, words: str, *, in_tail: bool = False) -> str | None:
    rule = boilerplate.rule_for(split_lines(words)[0], in_tail=in_tail)
    return rule.name if rule else None


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("Already a subscriber? Sign in.", "paywall"),
        ("Subscribe now to keep reading", "paywall"),
        ("You’ve reached your limit of free articles", "paywall"),
        ("This article is for subscribers only", "paywall"),
        ("Sign up for our daily newsletter", "newsletter"),
        ("Get the latest headlines delivered to your inbox", "newsletter"),
        ("Your email (required)", "newsletter"),
        ("Share", "share"),
        ("Facebook Twitter WhatsApp", "share"),
        ("Share this article", "share"),
        ("Follow us on Telegram", "share"),
        ("1.2k shares", "share"),
        ("Leave a comment", "comments"),
        ("12 Comments", "comments"),
        ("Your email address will not be published. Required fields are marked *", "comments"),
        ("If you like what I write, buy me a coffee", "support"),
        ("Thanks for reading!", "support"),
        ("Related articles", "related"),
        ("Most Popular", "related"),
        ("You may also like...", "related"),
        ("Read more: The minister who would not sign", "read more"),
        ("READ MORE »", "read more"),
        ("The post Five days in May appeared first on The Example Times.", "appeared first on"),
        ("ADVERTISEMENT", "advertisement"),
        ("— Advertisement —", "advertisement"),
        ("© 2025 The Example Times. All rights reserved.", "legal"),
        ("This website uses cookies to improve your experience.", "legal"),
        ("Tags: Europe, Energy", "tags"),
        ("TAGGED:", "tags"),
        ("#peace #talks", "tags"),
        ("6 min read", "read time"),
        ("14 Min Read", "read time"),
        ("3 hours ago", "read time"),
        ("Jane Doe contributed to this report.", "credit"),
        ("(Reporting by Jane Doe; editing by John Roe)", "credit"),
        ("Additional reporting by John Roe in Brussels", "credit"),
        ("Jane Doe/Getty Images", "caption"),
        ("Photo: Jane Doe", "caption"),
        ("FILE - The minister arrives at the palace.", "caption"),
        ("The hall where they met. (AP Photo/Jane Doe)", "caption"),
        ("* * *", "no words"),
    ],
)  # fmt: skip
def test_furniture_is_known(boilerplate: Boilerplate, words: str, rule: str) -> None:
    assert rule_name(boilerplate, words) == rule


@pytest.mark.parametrize(
    "words",
    [
        "The minister shared the draft with her colleagues on Tuesday.",
        "Share prices fell in Moscow after the announcement.",
        "Subscribers to the treaty include forty states.",
        "Comments by the president’s spokesman raised hopes of a truce.",
        "Related talks on grain exports broke down in July.",
        "More than 200 people attended the ceremony, the mayor said.",
        "More sanctions are coming, the senator said.",
        "Read the statement carefully, the envoy told reporters, and you will find no promise in it.",
        "Support for the war has fallen, a poll shows.",
        "“Thank you,” he said.",
        "Reporting from the front has become more dangerous, the union said.",
        "Topics of the meeting were borders, prisoners and grain.",
        "Video of the meeting shows the two men shaking hands.",
        "The photo was taken on the eve of the summit, the ministry said.",
        "He said: “I will not sign it.”",
        "It’s happening again.",
        "Follow-up talks are planned for May.",
        "Correction: an earlier version misstated the date of the vote.",
        "The officials (from the US/UK side) left early.",
        "- Commitments: automatic responses to violations (sanctions, energy/financial cut-offs and aid).",
    ],
)
def test_article_lines_are_left_alone(boilerplate: Boilerplate, words: str) -> None:
    assert rule_name(boilerplate, words) is None


def test_a_long_paragraph_is_never_furniture(boilerplate: Boilerplate) -> None:
    assert (
        rule_name(boilerplate, "Subscribe to our newsletter. " + "The talks went on until the morning. " * 20) is None
    )


@pytest.mark.parametrize(
    "words",
    [
        "Jane Doe is a staff writer covering diplomacy.",
        "Write to the author at j@example.org",
        "Jane Doe can be reached at j@example.org",
    ],
)
def test_notes_on_the_author_go_at_the_end_only(boilerplate: Boilerplate, words: str) -> None:
    assert rule_name(boilerplate, words, in_tail=True) == "about the author"
    assert rule_name(boilerplate, words) is None


def test_markdown_around_a_line_does_not_hide_it(boilerplate: Boilerplate) -> None:
    assert rule_name(boilerplate, "[Subscribe to our newsletter](https://example.org/n)") == "newsletter"
    assert rule_name(boilerplate, "**Advertisement**") == "advertisement"


@pytest.mark.parametrize("rule", [{"name": "x", "max_words": 5, "patterns": ["("]}, {"name": "x", "patterns": ["a"]}])
def test_a_wrong_rule_is_named(rule: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError, match=r"cleaning\.toml: rules\.x"):
        Boilerplate(Lexicon("en", {"cleaning": {"rules": [rule]}}, ""))
