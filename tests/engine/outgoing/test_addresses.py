"""However an internal address is written, it is not reached."""

import ipaddress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from guanxi.engine.outgoing.addresses import AllowList, is_public
from guanxi.engine.outgoing.client import OutgoingProblem, check

INTERNAL = [
    "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "0.0.0.0/8",
    "224.0.0.0/4", "240.0.0.0/4", "198.18.0.0/15", "192.0.2.0/24",
]  # fmt: skip
INTERNAL_V6 = ["::1/128", "fe80::/10", "fc00::/7", "ff00::/8", "::/128", "2001:db8::/32", "fec0::/10"]
PUBLIC = ["1.1.1.1", "93.184.216.34", "114.114.114.114", "2606:4700:4700::1111", "240e:0:9000::1"]


def _in(networks: list[str]) -> Any:
    def of(text: str) -> Any:
        network = ipaddress.ip_network(text)
        last = int(network.broadcast_address)
        return st.integers(int(network.network_address), last).map(type(network.network_address))

    return st.one_of(*[of(text) for text in networks])


internal_v4, internal_v6 = _in(INTERNAL), _in(INTERNAL_V6)


def _spellings(address: ipaddress.IPv4Address) -> list[str]:
    """Ways to write an IPv4 address that some resolver or parser somewhere understands."""
    number = int(address)
    a, b, c, d = address.packed
    return [
        str(address), f"{address}.", str(number), hex(number), f"0{number:o}", hex(number).upper().replace("X", "x"),
        ".".join(hex(part) for part in address.packed), ".".join(f"0{part:o}" for part in address.packed),
        f"{a}.{number & 0xFFFFFF}", f"{a}.{b}.{c * 256 + d}", f"0x{a:x}.{b}.{c}.0{d:o}", f"{a:03d}.{b:03d}.{c:03d}.{d:03d}",
        f"[::ffff:{address}]", f"[::ffff:{a * 256 + b:x}:{c * 256 + d:x}]", f"[64:ff9b::{address}]", f"[::{address}]",
        f"[2002:{a * 256 + b:x}:{c * 256 + d:x}::1]", f"[64:ff9b:1::{address}]",
        # Full-width digits and dots, which IDNA turns into ordinary ones.
        "".join(chr(ord(char) + 0xFEE0) if char.isdigit() else "。" for char in str(address)),
    ]  # fmt: skip


def _as_the_system_would(host: str, port: int) -> list[str]:
    """A resolver as obliging as the worst of them: it reads every notation that inet_aton knows."""
    parts = [int(part, 16 if part.startswith("0x") else 8 if part[0] == "0" and len(part) > 1 else 10) for part in host.split(".")]  # fmt: skip
    number = sum(part << (8 * (3 - index)) for index, part in enumerate(parts[:-1])) + parts[-1]
    return [str(ipaddress.IPv4Address(number))]


def _refused(url: str) -> None:
    with pytest.raises(OutgoingProblem) as refused:
        check(url, resolver=_as_the_system_would)
    assert refused.value.status == 422, url


@given(address=internal_v4)
@hypothesis_settings(deadline=None, max_examples=150)
@pytest.mark.asvs("1.3.6")
def test_no_spelling_of_an_internal_address_is_let_through(address: ipaddress.IPv4Address) -> None:
    for host in _spellings(address):
        for url in (f"http://{host}/", f"https://{host}:8443/x", f"HTTP://{host}"):
            _refused(url)


@given(address=internal_v6)
@hypothesis_settings(deadline=None, max_examples=200)
def test_nor_of_an_internal_address_of_version_6(address: ipaddress.IPv6Address) -> None:
    for host in (f"[{address.compressed}]", f"[{address.exploded}]", f"[{address.exploded.upper()}]"):
        _refused(f"http://{host}/")


@given(address=internal_v4)
@hypothesis_settings(deadline=None, max_examples=200)
def test_a_name_that_resolves_to_one_is_refused_even_among_public_ones(
    address: ipaddress.IPv4Address,
) -> None:
    for found in ([str(address)], ["1.1.1.1", str(address)], [f"::ffff:{address}", "1.1.1.1"]):
        with pytest.raises(OutgoingProblem):
            check("https://rebind.example/", resolver=lambda host, port, found=found: found)


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_what_is_public_is_routable(address: Any) -> None:
    if is_public(address):
        assert not (
            address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
        )


@pytest.mark.parametrize("address", PUBLIC)
def test_the_open_internet_is_reached(address: str) -> None:
    host = f"[{address}]" if ":" in address else address
    assert check(f"https://{host}/").address == address
    assert (
        check("https://api.example.com./x", resolver=lambda host, port: [address]).host == "api.example.com"
    )


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/", "//example.com", "example.com", "http://",
        "http:///x", "http://user:password@example.com/", "http://user@example.com", "http://example.com@127.0.0.1/",
        "http://example.com\\@127.0.0.1/", "http://exa mple.com", "http://example.com:0/", "http://example.com:99999/",
        "http://example.com\n.evil/", "javascript:alert(1)", "http://-x.example/", "http://a..b/" + "x" * 3000,
        "http://[::1", "http://[fe80::1%25eth0]/", "http://%31%32%37.0.0.1/", "data:text/plain,x",
    ],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused(url: str) -> None:
    with pytest.raises(OutgoingProblem) as refused:
        check(url, resolver=lambda host, port: ["1.1.1.1"])
    assert refused.value.status == 422


@pytest.mark.parametrize(
    "metadata", ["169.254.169.254", "100.100.100.200", "168.63.129.16", "[fd00:ec2::254]"]
)
def test_the_metadata_services_of_clouds_are_refused(metadata: str) -> None:
    _refused(f"http://{metadata}/latest/meta-data/")


def test_the_operator_opens_single_places(settings: Any) -> None:
    settings.GUANXI_OUTGOING_ALLOW = ("idp.firm.internal:8443", "10.1.0.0/16")
    inside = lambda host, port: ["10.9.0.5"]  # noqa: E731
    assert check("https://IDP.firm.internal.:8443/", resolver=inside).address == "10.9.0.5"
    assert check("http://10.1.2.3/").address == "10.1.2.3"
    for url in ("https://idp.firm.internal/", "https://other.firm.internal:8443/", "http://10.2.0.1/"):
        with pytest.raises(OutgoingProblem):
            check(url, resolver=inside)
    with pytest.raises(ValueError):
        AllowList.of(["everything"])
