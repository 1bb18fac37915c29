"""Settings for asking the web."""

import re

import pytest

from bot.errors import ConfigurationError
from config.settings import PROJECT, Settings, load_settings


@pytest.mark.parametrize("words", ["", "10.0.0.0/8, news.lan:8080", "127.0.0.1:9 [::1]:9"])
def test_hosts_that_may_be_asked(words: str) -> None:
    assert load_settings(allowed_hosts=words).allowed_hosts == words


@pytest.mark.parametrize("words", ["http://news.lan/", "10.0.0.0/99", "news.lan:0"])
def test_a_wrong_host_is_named_with_its_setting(words: str) -> None:
    with pytest.raises(ConfigurationError, match=r"ALLOWED_HOSTS: .*neither a network|ALLOWED_HOSTS: .*does not exist"):
        load_settings(allowed_hosts=words)


@pytest.mark.parametrize("words", ["ops@news.example", "https://news.example/about", ""])
def test_a_contact_stands_in_every_request(words: str) -> None:
    assert load_settings(contact=f" {words} ").contact == words


@pytest.mark.parametrize("words", ["a\nX-Evil: 1", "a) Mozilla (", "Łódź", "\x00", "a" * 201])
def test_a_contact_that_would_break_the_header_is_refused(words: str) -> None:
    with pytest.raises(ConfigurationError, match="CONTACT"):
        load_settings(contact=words)


def test_every_setting_is_in_the_example_and_in_the_readme() -> None:
    example = (PROJECT / ".env.example").read_text(encoding="utf-8")
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    for name in map(str.upper, Settings.model_fields):
        assert re.search(rf"^#?{name}=", example, re.MULTILINE), name
        assert f"`{name}`" in readme, name
    named = {line.lstrip("#").partition("=")[0] for line in example.splitlines() if re.match(r"#?[A-Z_]+=", line)}
    assert named == set(map(str.upper, Settings.model_fields))
