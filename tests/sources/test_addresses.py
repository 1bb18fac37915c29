"""The rule against requests into networks that are not public."""

import pytest

from bot.sources.addresses import AddressGuard, RefusedAddressError
from bot.sources.allowed import parse_allowed


def is_refused(guard: AddressGuard, url: str) -> bool:
    try:
        guard.check_url(url)
    except RefusedAddressError:
        return True
    return False


def leads_inside(guard: AddressGuard, host: str, address: str, port: int = 443) -> bool:
    try:
        guard.check_connection(host, address, port)
    except RefusedAddressError:
        return True
    return False


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/feed.xml",
        "http://news.example:8080/a?b=c",
        "https://93.184.216.34/",
        "https://[2606:2800:220:1:248:1893:25c8:1946]/",
        "HTTPS://News.Example/",
        "https://2.news.example/",
        "https://xn--bcher-kva.example/",
        "https://bücher.example/",
    ],
)
def test_public_addresses_are_asked(url: str) -> None:
    assert not is_refused(AddressGuard(), url)


@pytest.mark.parametrize(
    "url",
    [
        # no web addresses
        "", "news.example", "//news.example/", "ftp://news.example/", "file:///etc/passwd", "javascript:alert(1)",
        "gopher://news.example:70/", "data:text/html,x", "http://", "http:///feed", "http://[::1", "http://a:99999/",
        # this machine and its network, in every spelling
        "http://127.0.0.1/", "http://127.8.9.1:8080/", "http://0.0.0.0/", "http://10.0.0.1/", "http://172.16.0.1/",
        "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://224.0.0.1/",
        "http://255.255.255.255/", "http://240.0.0.1/", "http://198.18.0.1/", "http://192.0.0.8/",
        "http://168.63.129.16/", "http://100.100.100.200/",
        "http://[::1]/", "http://[::]/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[fc00::1]/",
        "http://[fd00:ec2::254]/", "http://[ff02::1]/", "http://[fec0::1]/", "http://[2001:db8::1]/",
        "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::a9fe:a9fe]/", "http://[64:ff9b:1::1]/",
        "http://[2002:7f00:1::]/", "http://[2002:c0a8:101::1]/", "http://[2001:0:a00:1::1]/",
        # numbers that a resolver takes for addresses
        "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://127.1/",
        "http://017700000001/", "http://127.0.0.1./", "http://0/",
        "http://１２７.０.０.１/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://0x7F.1/", "http://00000177.1/",
        # somebody else's name in front
        "http://news.example@127.0.0.1/", "http://news.example:80@10.0.0.1/", "http://user:pass@news.example/",
        "http://user@news.example/",
        # services that are no web servers
        "http://news.example:22/", "http://news.example:25/", "http://news.example:53/", "http://news.example:445/",
        "https://news.example/" + "a" * 3000,
    ],
)  # fmt: skip
def test_everything_else_is_refused(url: str) -> None:
    assert is_refused(AddressGuard(), url)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fe80::1%eth0", "64:ff9b::a00:1"],
)
def test_names_that_lead_inside_are_refused(address: str) -> None:
    assert leads_inside(AddressGuard(), "news.example", address)
    assert not leads_inside(AddressGuard(), "news.example", "93.184.216.34")


def test_fragments_are_not_sent() -> None:
    assert str(AddressGuard().check_url("https://news.example/a#b")) == "https://news.example/a"


@pytest.mark.parametrize(
    ("allowed", "url", "refused"),
    [
        ("127.0.0.1:8080", "http://127.0.0.1:8080/", False),
        ("127.0.0.1:8080", "http://127.0.0.1:8081/", True),
        ("127.0.0.1:8080", "http://127.0.0.2:8080/", True),
        ("127.0.0.1:81", "http://127.0.0.1:81/", False),
        ("10.0.0.0/8, 192.168.0.0/16", "http://192.168.7.7/", False),
        ("10.0.0.0/8, 192.168.0.0/16", "http://172.16.0.1/", True),
        ("10.0.0.0/8:9000", "http://10.1.1.1:9000/", False),
        ("10.0.0.0/8:9000", "http://10.1.1.1/", True),
        ("[::1]:8080", "http://[::1]:8080/", False),
        ("[::1]:8080", "http://[::1]/", True),
        ("::1", "http://[::1]/", False),
        ("127.0.0.1", "http://[::ffff:127.0.0.1]/", False),
        ("127.0.0.0/8", "http://2130706433/", True),
        ("127.0.0.0/8", "http://a@127.0.0.1/", True),
        ("127.0.0.0/8", "ftp://127.0.0.1/", True),
        ("news.lan:81", "http://news.lan:81/", False),
        ("news.lan", "http://news.lan:81/", True),
    ],
)
def test_the_operator_may_allow_what_is_inside(allowed: str, url: str, refused: bool) -> None:
    assert is_refused(AddressGuard(parse_allowed(allowed)), url) is refused


def test_an_allowed_name_may_lead_anywhere_and_no_other_name_may() -> None:
    guard = AddressGuard(parse_allowed("News.lan:8080"))
    assert not leads_inside(guard, "news.lan", "10.0.0.7", 8080)
    assert leads_inside(guard, "news.lan", "10.0.0.7", 8081)
    assert leads_inside(guard, "other.lan", "10.0.0.7", 8080)


@pytest.mark.parametrize("words", ["10.0.0.0/33", "999.1.1.1", "http://a/", "a b:0", "news.lan:99999", "[::1", "-"])
def test_entries_that_are_no_hosts_are_named(words: str) -> None:
    with pytest.raises(ValueError, match=r"neither a network|does not exist"):
        parse_allowed(words)


def test_no_entries_are_none() -> None:
    assert parse_allowed(" , ") == ()
