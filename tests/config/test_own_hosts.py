"""Which Host headers are believed."""

import socket
from types import SimpleNamespace

import pytest

from guanxi.config import own_hosts


def _interfaces() -> dict[str, list[SimpleNamespace]]:
    return {
        "eth0": [
            SimpleNamespace(family=socket.AF_INET, address="192.168.1.20"),
            SimpleNamespace(family=socket.AF_INET6, address="fe80::1%eth0"),
            SimpleNamespace(family=socket.AF_PACKET, address="00:11:22:33:44:55"),
        ]
    }


def test_on_loopback_only_loopback_names_are_accepted() -> None:
    assert own_hosts.own_hosts("127.0.0.1") == ["localhost", "127.0.0.1", "[::1]"]


def test_on_the_network_this_machines_own_names_are_accepted_and_no_wildcard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(own_hosts.psutil, "net_if_addrs", _interfaces)
    monkeypatch.setattr(own_hosts.socket, "gethostname", lambda: "Crm-Server")
    accepted = own_hosts.own_hosts("0.0.0.0")
    assert accepted[3:] == ["crm-server", "192.168.1.20", "[fe80::1]"]
    assert "*" not in accepted
