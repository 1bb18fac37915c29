"""A dossier with mistakes: each is named by file, place and reason, all in one go."""

from pathlib import Path

import pytest

from bot.doctor import with_shared_names
from bot.errors import ConfigurationError
from config.loading import load_dossier

HEAD = 'id = "herring"\ntitle = "Herring"\nlanguage = "en"\n'
LIND = '[[actors]]\nid = "lind"\nname = "Lind"\nkind = "person"\n'
QUOTA = '[[topics]]\nid = "quota"\nname = "Quota"\nkeywords = ["quota"]\n'


def written(folder: Path, text: str) -> Path:
    file = folder / "herring.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HEAD + "colour = 1\n", "colour: there is no such entry"),
        (HEAD.replace('"Herring"', "3"), "title: it must be text"),
        (HEAD + LIND.replace("person", "planet"), "actors.lind.kind: it must be 'person', 'state' or 'organisation'"),
        (HEAD + LIND + 'colour = "red"\n', "actors.lind.colour: there is no such entry"),
        (HEAD + '[[actors]]\nname = "Lind"\nkind = "person"\n', "actors.Lind.id: it is missing"),
        (HEAD + '[[actors]]\nkind = "person"\n', "actors.#1.id: it is missing"),
        (HEAD + "actors = 3\n", "actors: it must be a list"),
        (HEAD + LIND + LIND, "herring.toml: actors: two have the id lind"),
        (HEAD + LIND + 'side = "x"\n', "actors.lind.side: no actor has the id x"),
        (HEAD + QUOTA.replace('["quota"]', "[]"), "topics.quota.keywords: it is empty"),
        (HEAD + LIND + LIND.replace('"lind"', '"other"').replace("Lind", "LIND"), "actors: two are called Lind"),
        (HEAD + QUOTA + QUOTA.replace('"quota"\nname', '"other"\nname'), "topics: two are called Quota"),
        (
            HEAD
            + QUOTA
            + QUOTA.replace('"quota"', '"other"', 1).replace("Quota", "Other")
            + '[translations.de.topics]\nquota = { name = "Fang" }\nother = { name = "Fang" }\n',
            "translations.de.topics: two are called Fang",
        ),
        (
            HEAD + LIND + '[translations.uk.actors]\nlynd = ["Лінд"]\n',
            "translations.uk.actors: no actor has the id lynd",
        ),
        (HEAD + LIND + "[translations.uk.actors]\nlind = []\n", "translations.uk.actors.lind: it is empty"),
        (HEAD + QUOTA.replace('["quota"]', '["quota", 4]'), "topics.quota.keywords.#2: it must be text"),
    ],
)
def test_what_is_wrong_is_named_by_file_place_and_reason(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        load_dossier(written(tmp_path, text))
    said = str(raised.value)
    assert "herring.toml" in said
    assert fault in said
    assert "Value error" not in said


@pytest.mark.parametrize("keyword", ["..", "-", "~", "*", "quota ..", ".. quota", "- ... quota", "(["])
def test_a_keyword_with_a_part_without_a_word_is_refused(tmp_path: Path, keyword: str) -> None:
    text = HEAD + QUOTA.replace('["quota"]', f"['{keyword}']")
    with pytest.raises(ConfigurationError, match=r"topics\.quota\.keywords\.#1: .* has a part without a word"):
        load_dossier(written(tmp_path, text))


@pytest.mark.parametrize("keyword", ["quota", "-no quota", "~port", "fish* .. quota", "a + b", "a ... b", "30-day"])
def test_keywords_as_they_are_meant_are_taken(tmp_path: Path, keyword: str) -> None:
    text = HEAD + QUOTA.replace('["quota"]', f"['{keyword}']")
    assert load_dossier(written(tmp_path, text)).topics[0].keywords == (keyword,)


def test_all_mistakes_are_told_at_once_but_no_more_than_can_be_read(tmp_path: Path) -> None:
    few = HEAD + LIND.replace("person", "planet") + QUOTA.replace("name", "nmae")
    with pytest.raises(ConfigurationError, match=r"actors\.lind\.kind: .*topics\.quota\.name: .*topics\.quota\.nmae: "):
        load_dossier(written(tmp_path, few))
    many = HEAD + "".join(f"x{number} = 1\n" for number in range(9))
    with pytest.raises(ConfigurationError, match=r"; and 4 more$"):
        load_dossier(written(tmp_path, many))


def test_doctor_names_what_two_actors_are_called(tmp_path: Path) -> None:
    other = '[[actors]]\nid = "lind-the-younger"\nname = "Younger"\nkind = "person"\naliases = ["lind"]\n'
    say = with_shared_names(lambda dossier: dossier.title)
    assert say(load_dossier(written(tmp_path, HEAD + LIND))) == "Herring"
    words = "Herring; “Lind” is a name of lind and lind-the-younger, so nobody is heard by it"
    assert say(load_dossier(written(tmp_path, HEAD + LIND + other))) == words
