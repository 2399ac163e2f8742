"""Which addresses an outgoing request may reach: public ones, and what the operator has allowed.

*How it works*: judged is the binary address that a connection will be made to, never its spelling. Addresses
that carry another one inside (IPv4-mapped, 6to4, NAT64, Teredo, IPv4-compatible) are judged by both. What is
not globally routable is refused: private, loopback, link-local (and with it the metadata service of
clouds), shared, documentation, multicast, reserved, unspecified.

Sources: IANA IPv4/IPv6 Special-Purpose Address Registries (through `ipaddress`), RFC 6052 (NAT64), RFC 3056
(6to4), RFC 4380 (Teredo), RFC 4291 2.5.5.

*Rules*: no Django here.
"""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.IPv6Network("::/96")
# Globally routable by the book, and yet the metadata or host services of a cloud.
_REFUSED: tuple[Network, ...] = (
    ipaddress.IPv4Network("168.63.129.16/32"),
    ipaddress.IPv4Network("100.100.100.200/32"),
    ipaddress.IPv4Network("192.88.99.0/24"),
    ipaddress.IPv6Network("fd00:ec2::254/128"),
    ipaddress.IPv6Network("fec0::/10"),
)


@dataclass(frozen=True, slots=True)
class AllowList:
    """Internal places that the operator has opened: networks, and single `host:port` pairs."""

    networks: tuple[Network, ...] = ()
    places: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def of(cls, entries: Iterable[str]) -> "AllowList":
        """From texts such as `10.1.0.0/16` and `idp.firm.internal:8443`; raises ValueError for others."""
        networks: list[Network] = []
        places: set[tuple[str, int]] = set()
        for entry in entries:
            host, colon, port = entry.rpartition(":")
            if "/" in entry:
                networks.append(ipaddress.ip_network(entry, strict=False))
            elif colon and port.isdigit() and host:
                places.add((host.strip("[]").lower().rstrip("."), int(port)))
            else:
                raise ValueError(entry)
        return cls(tuple(networks), frozenset(places))

    def allows(self, address: IP, host: str, port: int) -> bool:
        """Whether this address, reached by this name and port, was opened."""
        if (host.lower().rstrip("."), port) in self.places:
            return True
        return any(address.version == network.version and address in network for network in self.networks)


def is_public(address: IP) -> bool:
    """Whether `address`, and every address inside it, is one of the open internet."""
    return all(_is_public(one) for one in (address, *inside(address)))


def inside(address: IP) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses that an IPv6 address carries."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in network for network in _NAT64) or address in _COMPATIBLE:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in found if one is not None]


def _is_public(address: IP) -> bool:
    if any(address.version == network.version and address in network for network in _REFUSED):
        return False
    if isinstance(address, ipaddress.IPv6Address) and (
        address.ipv4_mapped is not None or any(address in network for network in _NAT64)
    ):
        return True  # what counts is the address inside, which is judged beside it
    return address.is_global and not address.is_multicast and not address.is_reserved


def name_server(entry: str) -> tuple[str, int]:
    """Address and port of a DNS server written as `10.0.0.2`, `10.0.0.2:5353` or `[::1]:53`; raises ValueError."""
    host, colon, port = entry.rpartition(":")
    if colon and port.isdigit() and ("]" in host or ":" not in host):
        return str(ipaddress.ip_address(host.strip("[]"))), int(port)
    return str(ipaddress.ip_address(entry.strip("[]"))), 53
