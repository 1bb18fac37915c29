"""Reasons that rooms without a language give in English, and stores keep so, said in the reader's language.

Rules, readers and stores know no language: they say in English why, with the numbers that decided. Where a reason is
shown it is recognised by the patterns below and said again in the current language. What none of them fits stands as it
is: words of a server, names of rules.
"""

import re
from collections.abc import Iterator
from functools import cache

from bot.catalogues import ENGLISH, current_language, mark, quoted, tr

NOT_ASKED = "may not be asked: "  # goes without saying where somebody has just given the address
_BETWEEN = "; "  # between two reasons
_QUOTED = re.compile(r"“([^“”]*)”")

# What somebody gave, and why it can't be used.
_INPUT = (
    mark("a briefing has from {least} to {most} words"),
    mark("a server has at most {most} schedules; remove one first"),
    mark("a server has at most {most} sources; remove one first"),
    mark("ask in words, such as who said what about a topic"),
    mark("choose a forum channel for it"),
    mark("choose a text or an announcement channel, or a forum"),
    mark("choose one with a text, a link or a file"),
    mark("every post in a forum is a thread; leave the option out"),
    mark("give a file that corrections export wrote"),
    mark("give a line's number"),
    mark("give a speaker or a stance, or withdraw the line; not both"),
    mark("give one of link, text and file"),
    mark("give only one of link, text and file"),
    mark("give the address of a feed, of a site that names one, or of a page"),
    mark("it must be a number in quotation marks"),
    mark("it must be small letters, digits and hyphens, such as two-words"),
    mark("it must be two small letters, such as en"),
    mark("it is empty or not text"),
    mark("it is not well-formed XML ({reason})"),
    mark("it is not text"),
    mark("it has more than {most} lines, which no article has"),
    mark("no article was found in it"),
    mark("nothing of it is left after cleaning"),
    mark("give one of {names}"),
    mark("it has no channel to post to"),
    mark("it has too few whole sentences to choose from ({number})"),
    mark("it must be text, Markdown or HTML (.txt, .md, .html)"),
    mark("it was posted by hand within this minute"),
    mark("it was split off by who runs the bot, for all servers"),
    mark("it was accepted already"),
    mark("it was rejected already"),
    mark("only briefings are explained; /prove shows any line"),
    mark("only posts in announcement channels can be sent on"),
    mark("say whose statement is meant; in this line speak: {names}"),
    mark("somebody else has just decided it"),
    mark("the article does not say this any more; reject it"),
    mark("the page {reason}"),
    mark("the topics have changed meanwhile; use `/setup` again"),
    mark("too many reports wait already; ask an admin to decide some"),
    mark("you follow {number}; {most} is the most"),
    mark("choose a text or an announcement channel"),
    mark("choose an answer of mine with lines of articles; its small print names the edition"),
    mark("did you mean {names}?"),
    mark("give a date such as 2025-08-20"),
    mark("give a number from {least} to {most}"),
    mark("give a whole number, such as 200"),
    mark("give the channel's id: in Discord, right-click it, Copy Channel ID"),
    mark("give words of {least} to {most} characters"),
    mark("it can't be read ({reason})"),
    mark("it can't be written ({reason})"),
    mark("it is larger than 1 MB"),
    mark("it is needed, for example {example}"),
    mark("it is needed; {command} shows an example"),
    mark("it is none of this server's"),
    mark("it is paused; resume it first"),
    mark("it is read already; /sources list shows it"),
    mark("it is the operator's: only who runs the bot can change it"),
    mark("it must be 1 or more"),
    mark("it must lie in the past"),
    mark("it stands alone already"),
    mark("it stands in the dossier's file; remove it there"),
    mark("it takes none"),
    mark("it was given twice"),
    mark("it was not split off"),
    mark("name an actor, a text, or both"),
    mark("name an actor, a topic, or both"),
    mark("name at least one day: daily, weekdays, weekends or mon,wed,fri"),
    mark("name two different actors"),
    mark("not a time of day; write it as 08:30 or 8:30 pm"),
    mark("not a time zone"),
    mark("schedule {number} does exactly this already"),
    mark("there is no such time; the day goes from 00:00 to 23:59"),
    mark("write a value after {name}:"),
    mark("write hours, days or weeks (24h, 7d, 2w), a date (2025-08-20), or all"),
    mark("write region and city, such as Europe/Lisbon"),
    mark("/schedule list shows the numbers"),
    mark("{edition} has lines 1 to {most}"),
    mark("“{word}” is not a day; use daily, weekdays, weekends or mon,wed,fri"),
)
# What happened to a source, in words that follow its name.
_SOURCES = (
    mark("answers as if it were known already"),
    mark("asks us to wait until {when}"),
    mark("can't be reached"),
    mark("can't be read: {reason}"),
    mark("{folder} can't be read: {reason}"),
    mark("could not be read because of a fault in Attaché; see the log"),
    mark("comes with a user name or password, which is not supported"),
    mark("declares entities, which can be used to do harm"),
    mark("gave an answer that is not HTTP"),
    mark("gave an answer that makes no sense here ({status})"),
    mark("has no certificate that can be trusted"),
    mark("give the address of a feed, or of a site that names one"),
    mark("has a fault on its own side (answer {status})"),
    mark("holds no article"),
    mark("is JSON, but not a JSON Feed"),
    mark("is a web page, not a feed"),
    mark("is a web page, not a feed and names no feed"),
    mark("is blocked by the publisher (answer {status})"),
    mark("is built of more than {most} elements"),
    mark("is built of more than {most} tags"),
    mark("is closed to us by the publisher's robots.txt"),
    mark("is empty"),
    mark("is empty or not text"),
    mark("is gone (answer {status})"),
    mark("is larger than {most} bytes"),
    mark("is longer than {most} characters"),
    mark("is more than the {most} feeds that one file may bring"),
    mark("is not a feed"),
    mark("is not an OPML file"),
    mark("is not text"),
    mark("is of the type {type}, which can't be read here"),
    mark("it is not an OPML file"),
    mark("it is larger than {most} bytes"),
    mark("it is empty or not text"),
    mark("it names a feed, such as {address}"),
    mark("it names a feed: {address}"),
    mark("it names {number} feeds, such as {address}"),
    mark("may not be asked: {reason}"),
    mark("may not be read while its robots.txt can't be: it {reason}"),
    mark("redirects more than {most} times"),
    mark("redirects to nowhere"),
    mark("sources of kind {kind} can't be read yet"),
    mark("there is no folder {folder}"),
    mark("is on a host that does not exist"),
    mark("took too long to answer"),
    mark("there is nothing to read in {folder}"),
    mark("{host} comes with a user name or password, which is not supported"),
    mark("{host} is a number and not a host's name"),
    mark("{host} is inside a private network"),
    mark("{host} is not a web address"),
    mark("{host} is not an http or https address"),
    mark("{host} is not one that web servers use"),
    mark("{host} leads into a private network ({address})"),
)
_STATES = (
    mark("not read yet"),
    mark("paused"),
    mark("ok"),
    mark("unchanged"),
    mark("empty"),
    mark("undated"),
    mark("slow"),
    mark("blocked"),
    mark("gone"),
    mark("invalid"),
    mark("too large"),
    mark("failing"),
)
# What became of a post.
_POSTS = (
    mark("Discord answered {status}"),
    mark("Discord did not say whether it took the post"),
    mark("I may not read the message history there"),
    mark("too much was written there since to look for it"),
    mark("Discord does not allow it ({fault})"),
    mark("it has no channel for such messages where I may speak"),
    mark("it is not a forum any more"),
    mark("its lines could not be kept"),
    mark("the publisher has taken it out"),
    mark("the schedule was paused"),
    mark("Discord could not be reached ({fault})"),
    mark("Discord finds the message wrong ({fault})"),
    mark("I may not post there ({fault})"),
    mark("found after an interrupted try"),
    mark("later than the grace time"),
    mark("no answer within {seconds} s"),
    mark("no articles on this"),
    mark("nothing since the last post"),
    mark("rate limited for {seconds} s"),
    mark("its lines could not be kept"),
    mark("nobody was pinged: the role is gone"),
    mark("not sent on to followers: {reason}"),
    mark("the channel is gone"),
    mark("the schedule was paused"),
    mark("without a thread: {reason}"),
)
# Why two articles belong together.
_FOLDS = (
    mark("another story with the same words"),
    mark("both say {words}"),
    mark("headline and opening are alike to {number} of 1"),
    mark("headline and opening are alike to {number} of 1, but to other reports of the event they are alike"),
    mark("not folded yet"),
    mark("the fullest text ({number} words)"),
    mark("{percent} % of it stands in the fuller text ({own} of {all} words)"),
    mark("{percent} % of it stands in the text of {outlet} ({own} of {all} words)"),
    mark("{percent} % of its wording is the same ({own} of {all} words)"),
)
# Why a sentence was told in a briefing, or not.
_CHOICES = (
    mark("a longer stretch of nearly the same worth says it too"),
    mark("a quotation without its speaker"),
    mark("an actor of the dossier speaks"),
    mark("asks instead of telling"),
    mark("begins or ends inside a quotation"),
    mark("begins with the sentence before, which names who or what is meant"),
    mark("can't be quoted alone: {reason}"),
    mark("does not begin like a sentence"),
    mark("does not say who “{word}” is"),
    mark("gain {number}"),
    mark("gives figures"),
    mark("in the speaker's own words"),
    mark("gain {number} beside what is told"),
    mark("is one of a series"),
    mark("is one point of a list"),
    mark("its event is told by {number} voices that do not copy each other"),
    mark("its event has {number} of at most {most} lines"),
    mark("its outlet has {number} of at most {most} lines"),
    mark("its story has {number} of at most {most} lines"),
    mark("merit {merit}, number {number} of {all}"),
    mark("not weighed: the window is too large"),
    mark("only leads in to what follows"),
    mark("only the first {number} are looked at more closely"),
    mark("opens its article"),
    mark("opens with “{word}”, which points back"),
    mark("outside what was asked for"),
    mark("people were killed or hurt"),
    mark("reads as a reply to what came before"),
    mark("relevance {number} of 1"),
    mark("says what line {line} says (cosine {cosine}, {percent} of the words)"),
    mark("speaks of something named before"),
    mark("stands alone"),
    mark("speaks to an issue on the table"),
    mark("speaks to the reader"),
    mark("takes a stance"),
    mark("tells what may be, not what is"),
    mark("the fullest print of its story gives the sentences: {title}"),
    mark("the line of least gain has {number}"),
    mark("{number} words did not fit any more"),
    mark("{percent} new here"),
)
# Who was held to speak, and by what.
_SPEAKERS = (
    mark("a body of a state of the dossier"),
    mark("a body or group the article names"),
    mark("a relative pronoun without antecedent"),
    mark("an alias of the dossier"),
    mark("an office of a body that is no actor's"),
    mark("described so in the article"),
    mark("it is their {word}"),
    mark("made the {word}"),
    mark("name before a colon"),
    mark("name in apposition"),
    mark("name of a dossier actor"),
    mark("named in the article"),
    mark("no person before the pronoun"),
    mark("nobody in the article is described so"),
    mark("nobody is named"),
    mark("office of a dossier actor"),
    mark("people of a state of the dossier"),
    mark("pronoun ({kind}): nobody that fits"),
    mark("pronoun ({kind}): the body that opens the sentence before"),
    mark("pronoun: most salient person before it"),
    mark("pronoun: two persons before it fit alike"),
    mark("several in the article are described so"),
    mark("several speakers"),
    mark("speech without a cue beside it"),
    mark("the person the interview names most"),
    mark("the writer or a speaker of their own"),
    mark("unclosed quotation mark"),
    mark("unnamed in the article"),
    mark("{reason}, too unsure to name"),
)
# By which rule a position stands as it does.
_RULES = (
    mark("a yes and a no of one day"),
    mark("a yes and a no, undated"),
    mark("latest dated statement"),
    mark("latest dated statement, unclear"),
    mark("the principal's word over a later one"),
    mark("undated statement"),
    mark("unclear, undated statement"),
    mark("{reason}, spoken for it by {name}"),
    mark("contested: the article itself disputes it"),
    mark("shift: reported"),
)
# What is wrong in a file or a setting (`bot.mistakes`).
_ENTRIES = (
    mark("Discord does not accept it"),
    mark("Discord does not accept it any more"),
    mark("and {number} more"),
    mark("it is empty"),
    mark("it is longer than {most} characters"),
    mark("it is missing"),
    mark("it is not JSON"),
    mark("it is not set, and the bot can't log in without it"),
    mark("it must be a group of entries"),
    mark("it must be a list"),
    mark("it must be a whole number"),
    mark("it must be text"),
    mark("it must be true or false"),
    mark("it must be {expected}"),
    mark("it must be {least} or more"),
    mark("it must be {most} or less"),
    mark("must be plain ASCII without parentheses"),
    mark("must start with http:// or https://"),
    mark("must start with sqlite:// or postgres://"),
    mark("no actor has the id {name}"),
    mark("no topic has the id {name}"),
    mark("there is no such entry, look for a typing mistake"),
    mark("two are called {name}, give each its own name"),
    mark("two have the id {name}, give each its own"),
    mark("“{keyword}” has a part without a word"),
    mark("{place}: {reason}"),
)
PATTERNS = (*_ENTRIES, *_INPUT, *_SOURCES, *_STATES, *_POSTS, *_FOLDS, *_CHOICES, *_SPEAKERS, *_RULES)


def reason_words(reason: str) -> str:
    """A reason in the current language; itself where it is not known."""
    if current_language() == ENGLISH:
        return reason
    return _said(reason) or _BETWEEN.join(_said(one) or one for one in reason.split(_BETWEEN))


def _said(reason: str) -> str | None:
    for pattern, shape in _shapes():
        found = shape.fullmatch(reason)
        if found is not None:
            values = {
                name: reason_words(value) if name == "reason" else _QUOTED.sub(lambda quote: quoted(quote[1]), value)
                for name, value in found.groupdict().items()
            }
            return tr(pattern, **values)
    return None


@cache
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each pattern with what it looks like filled in; the ones that know the first word first, then by own words."""
    return tuple((one, re.compile("".join(_pieces(one)))) for one in sorted(PATTERNS, key=_own_words, reverse=True))


def _own_words(pattern: str) -> tuple[bool, int]:
    """A value at the start would swallow the words of a reason around it."""
    return not pattern.startswith("{"), len(re.sub(r"\{\w+\}", "", pattern))


def _pieces(pattern: str) -> Iterator[str]:
    """Values run up to what follows them in the pattern, and never over the end of a reason."""
    for number, piece in enumerate(re.split(r"\{(\w+)\}", pattern)):
        yield f"(?P<{piece}>[^;]+)" if number % 2 else re.escape(piece)
