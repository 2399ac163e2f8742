"""The host names under which this machine answers.

*How it works*: always the loopback names. When Guanxi listens on more than those, also this machine's
name and the addresses of its network interfaces, so that a firm can try it from another desk before
it has an address of its own. Any other name is refused: a forged Host must not get into a link.

*See*: GUANXI_PUBLIC_URL and GUANXI_ALLOWED_HOSTS for all other names.
"""

import socket

import psutil

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def own_hosts(listens_on: str) -> list[str]:
    """The names to accept when listening on this address."""
    if listens_on in ("localhost", "127.0.0.1", "::1"):
        return list(LOOPBACK)
    return [*LOOPBACK, socket.gethostname().lower(), *_interface_addresses()]


def _interface_addresses() -> list[str]:
    found = []
    for addresses in psutil.net_if_addrs().values():
        for address in addresses:
            if address.family == socket.AF_INET:
                found.append(address.address)
            elif address.family == socket.AF_INET6:
                found.append(f"[{address.address.partition('%')[0]}]")
    return found
