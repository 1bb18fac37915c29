"""Which addresses may be asked: the rule against requests into networks that are not public."""

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from yarl import URL

from bot.sources.allowed import Address, AllowedHost, Network

_LONGEST = 2000  # characters of an address
_SCHEMES = ("http", "https")
_LOW_PORTS = (80, 443)  # of those below 1024; the others belong to mail, files, names and the like
# Beyond what `ipaddress` calls not global, whose view changes between versions of Python.
_NOT_PUBLIC: tuple[Network, ...] = tuple(
    ip_network(words)
    for words in (
        "0.0.0.0/8", "100.64.0.0/10", "168.63.129.16/32", "169.254.0.0/16", "192.0.0.0/24", "192.88.99.0/24",
        "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7",
        "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
_NAT64 = ip_network("64:ff9b::/96")


class RefusedAddressError(Exception):
    """An address that may not be asked: `reason` says why, in words that follow the address."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"{address} {reason}")
        self.address = address
        self.reason = reason


class AddressGuard:
    """Refuses addresses that are not public, unless the operator allowed them."""

    def __init__(self, allowed: Sequence[AllowedHost] = ()) -> None:
        self._allowed = tuple(allowed)

    def check_url(self, words: str | URL) -> URL:
        """The address to ask, as far as it can be judged without asking for its name.

        Raises `RefusedAddressError`.
        """
        try:
            url = words if isinstance(words, URL) else URL(words.strip())
            host, port, user = url.raw_host, url.port, url.user or url.password  # as it will be asked for
        except (ValueError, TypeError):
            raise RefusedAddressError(str(words)[:100], "is not a web address") from None
        shown = str(url)[:100]
        if url.scheme not in _SCHEMES or not host or port is None:
            raise RefusedAddressError(shown, "is not an http or https address")
        if len(str(url)) > _LONGEST:
            raise RefusedAddressError(shown, f"is longer than {_LONGEST:,} characters")
        if user:
            raise RefusedAddressError(host, "comes with a user name or password, which is not supported")
        if (literal := _literal(host)) is not None:
            self.check_connection(host, literal, port)
        elif _ends_in_number(host):
            raise RefusedAddressError(host, "is a number and not a host's name")
        elif not _is_usual(port) and not any(entry.name == host and entry.port == port for entry in self._allowed):
            raise RefusedAddressError(f"port {port}", "is not one that web servers use")
        return url.with_fragment(None)

    def check_connection(self, host: str, address: str | Address, port: int) -> None:
        """Judge the address that is really going to be connected to. Raises `RefusedAddressError`."""
        found = ip_address(address.partition("%")[0]) if isinstance(address, str) else address
        name = host.rstrip(".").casefold()
        inner = _innermost(found)
        if any(entry.covers(name, one, port) for entry in self._allowed for one in (found, inner)):
            return
        if not all(_is_public(one) for one in (found, inner)):
            reason = "is inside a private network" if str(found) == name else f"leads into a private network ({found})"
            raise RefusedAddressError(host, reason)
        if not _is_usual(port):
            raise RefusedAddressError(f"port {port}", "is not one that web servers use")


def _is_public(address: Address) -> bool:
    """Whether an address belongs to the public Internet."""
    in_list = any(address.version == network.version and address in network for network in _NOT_PUBLIC)
    is_translated = isinstance(address, IPv6Address) and address in _NAT64  # judged by the address inside
    return not in_list and (is_translated or address.is_global) and not address.is_multicast


def _innermost(address: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for (mapped, 6to4, Teredo, NAT64), else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else address


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _ends_in_number(host: str) -> bool:
    """Numbers that a resolver may take for an address: 2130706433, 0x7f.1, 0177.0.0.1 (WHATWG URL Standard)."""
    last = host.rstrip(".").rpartition(".")[2]
    return re.fullmatch(r"\d+|0x[0-9a-f]*", last, re.IGNORECASE) is not None


def _is_usual(port: int) -> bool:
    return port >= 1024 or port in _LOW_PORTS
