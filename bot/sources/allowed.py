"""The operator's list of hosts inside the own network that may be asked all the same."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

_NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AllowedHost:
    """A network or a name, on one port or (None) on all. Exactly one of `network` and `name` is set."""

    network: Network | None = None
    name: str | None = None
    port: int | None = None

    def covers(self, name: str, address: Address, port: int) -> bool:
        """Whether a connection to `address`, which `name` led to, is allowed by this entry."""
        if self.port not in (None, port):
            return False
        return name == self.name if self.network is None else address in self.network


def parse_allowed(words: str) -> tuple[AllowedHost, ...]:
    """Entries between commas or blanks: `10.0.0.0/8`, `127.0.0.1:8080`, `[::1]:8080`, `news.lan`, `news.lan:8080`.

    Raises `ValueError` naming the entry that is none of these.
    """
    return tuple(_entry(word) for word in re.split(r"[\s,]+", words.strip()) if word)


def _entry(word: str) -> AllowedHost:
    host, port = _split_port(word)
    try:
        return AllowedHost(network=ip_network(host, strict=False), port=port)
    except ValueError:
        if _NAME.fullmatch(host) is None or re.fullmatch(r"[\d.]+", host):
            raise ValueError(f"{word!r} is neither a network nor a host's name") from None
        return AllowedHost(name=host.casefold(), port=port)


def _split_port(word: str) -> tuple[str, int | None]:
    bracketed = re.fullmatch(r"\[([^\]]+)\](?::(\d{1,5}))?", word)
    plain = re.fullmatch(r"([^:]+):(\d{1,5})", word)
    match = bracketed or plain
    if match is None:
        return word, None
    port = int(match[2]) if match[2] else None
    if port is not None and not 0 < port < 65536:
        raise ValueError(f"{word!r} names a port that does not exist")
    return match[1], port
