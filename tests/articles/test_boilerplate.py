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
        "Published by the ministry on Tuesday, the plan has no date.",
        "Written by a former general, the report names no culprit.",
        "Reporting by several outlets found that the strike hit a school.",
        "Edited footage shows the column leaving the town.",
        "Live fire was heard near the airport.",
        "Breaking news of the deal reached the capital at noon.",
        "Image is everything in this campaign, an adviser said.",
        "Sign up for military service has doubled, the governor said.",
        "Download speeds fell across the region during the outage.",
        "This content with the deal surprised diplomats.",
        "Why did you decide to publish under a Creative Commons license?",
        "Reuters could not verify the claim.",
        "Get ready, the general told his men.",
        "Continue we must, she said.",
        "Save the date, the spokesman joked.",
        "You have reached an agreement, the mediator told them.",
        "If you want peace, prepare to talk, he said.",
        "Most popular among voters is the second plan.",
        "Contact between the two armies has never ceased, the envoy said.",
        "Follow the money, the prosecutor advised.",
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


@pytest.mark.parametrize(
    "words",
    [
        "Listen to this article",
        "SKIP ADVERTISEMENT",
        "Image",
        "Credit...Jane Doe for The Example Times",
        "Photo by Jane Doe/Getty Images",
        "Story continues below advertisement",
        "Article continues below this ad",
        "Scroll to continue",
        "Subscribe to our channel on Telegram",
        "Join our Telegram",
        "Follow us on Google News",
        "Stay informed with our newsletter",
        "Stay up to date with Example.",
        "[email protected]",
        "Do you have a story for us? Write to tips@example.org",
        "Got a confidential tip?",
        "To display this content from X (Twitter), you must enable advertisement tracking and audience measurement.",
        "This content is not available due to your privacy preferences.",
        "(EXAMPLE 24 with AFP, AP and Reuters)",
        "(With inputs from agencies)",
        "Sign up to This is Europe",
        "after newsletter promotion",
        "Explore more on these topics",
        "View image in fullscreen",
        "Reuse this content",
        "Getty Images",
        "Reuters",
        "Image source, Getty Images",
        "Image caption, The hall where they met",
        "Media caption",
        "Watch: the moment the leaders meet",
        "Video Ad Feedback",
        "Now playing • Source: CNN",
        "See all topics",
        "Follow",
        "CLICK HERE TO GET THE EXAMPLE APP",
        "NEWYou can now listen to Example articles!",
        "Support independent journalism in Example. Join us in this fight.",
        "Note from the author:",
        "With reporting by AFP",
        "Click here to see the interactive map",
        "Recommended Stories",
        "list of 4 items",
        "list 1 of 4",
        "end of list",
        "Save articles to read later and create your own reading list.",
        "AD",
        "Is this article trustworthy?",
        "Make us preferred on Google",
        "hide caption",
        "toggle caption",
        "Transcript",
        "Download",
        "Embed",
        "Enlarge this image",
        "Thanks for reading! Subscribe for free to receive new posts and support my work.",
        "Discussion about this post",
        "Ready for more?",
        "Upgrade to paid",
        "Type your email...",
        "Example is a reader-supported publication. To receive new posts, consider becoming a paid subscriber.",
        "Restacks",
        "Member-only story",
        "No responses yet",
        "Responses (3)",
        "Join Medium for free to get updates from this writer.",
        "Get Jane Doe’s stories in your inbox",
        "Share full article",
        "1,204 comments",
        "Read in app",
        "Give this article",
        "Add to your saved stories",
        "Comment",
        "Print",
        "More",
        "View comments",
        "Show more",
        "Skip to content",
        "Skip to main content",
        "Breaking News",
        "Live Updates",
        "Top Stories",
        "Sponsored Content",
        "Sign up for Breaking News Alerts",
        "You can unsubscribe at any time.",
        "This site is protected by reCAPTCHA and the Google Privacy Policy and Terms of Service apply.",
        "Notifications",
        "Google News",
        "Font Size",
        "Text size",
        "A+ A-",
        "Copy Link",
        "Share on X",
        "Report a typo",
        "Found an error? Select it and press Ctrl+Enter.",
        "All Rights Reserved",
        "Image: Jane Doe / Example",
        "IMAGO / Example",
        "picture alliance/dpa",
        "© Jane Doe/AFP",
        "Next article",
        "Previous article",
        "Reporting by Jane Doe; Writing by John Roe; Editing by Ann Example",
        "Our Standards: The Thomson Reuters Trust Principles., opens new tab",
        "Purchase Licensing Rights, opens new tab",
        "Sign up here.",
        "Suggested Topics:",
        "Read Next",
        "Sign in",
        "Jane Doe is a correspondent in Kyiv.",
        "More on this story",
        "You might also like",
        "Trending",
        "Loading...",
        "Please enable JavaScript",
        "Your browser does not support the audio element.",
        "This story was originally published on August 20, 2025.",
        "The views expressed in this article are the author’s own.",
        "Please share by clicking this button!",
        "Visit our site and see all other available articles!",
        "Donate",
        "Buy me a coffee",
        "If you want more stories like this, become a patron.",
        "Thank you for reading this far. Please consider a donation.",
        "Editor’s Picks",
        "What to Read Next",
        "We’re on WhatsApp! Join our channel",
        "Contact the author at jane@example.org",
        "© 2025 Example Media. This material may not be published, broadcast, rewritten, or redistributed.",
        "Keep up with the latest by following us",
        "You have 3 free articles left this month",
        "Already have an account? Log in",
        "This copy is for your personal, non-commercial use only.",
        "Limited time offer",
        "Cancel anytime",
        "Save on your first year",
    ],
)
def test_furniture_of_many_sites_is_known(boilerplate: Boilerplate, words: str) -> None:
    assert rule_name(boilerplate, words, in_tail=True) is not None
