"""What a firm may demand of those who sign in, as plain rules.

Sources: OWASP ASVS 5.0 V6.2 and V7.3 (length and known passwords, no composition, no rotation); GB/T 22239-2019
(等保 2.0) 8.1.4.1: composition, regular change, limits on failed attempts, time-outs.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass

ASVS, MLPS = "asvs", "mlps"
PASSWORD_POLICIES = (ASVS, MLPS)
MLPS_DAYS = 90
MLPS_REMEMBERED = 5
MLPS_KINDS = 3
LONGEST_SESSION_HOURS = 336
MOST_NETWORKS = 200


@dataclass(frozen=True, slots=True)
class Policy:
    """The demands of a workspace. `idle_minutes` 0: no limit but the session's own; no `networks`: from anywhere.

    `sso_only`: people come in by the workspace's identity provider, except those of `break_glass` (ids).
    """

    password_policy: str = ASVS
    second_factor_roles: tuple[str, ...] = ()
    session_hours: int = LONGEST_SESSION_HOURS
    idle_minutes: int = 0
    networks: tuple[str, ...] = ()
    sso_only: bool = False
    break_glass: tuple[str, ...] = ()

    @property
    def limits_sessions(self) -> bool:
        """Whether sessions end earlier than their cookie."""
        return bool(self.idle_minutes) or self.session_hours < LONGEST_SESSION_HOURS


def kinds_of_characters(password: str) -> int:
    """How many of capitals, small letters, digits and everything else a password has."""
    found = {"upper" if c.isupper() else "lower" if c.islower() else "digit" if c.isdigit() else "other" for c in password}  # fmt: skip
    return len(found)


def tidy_network(text: str) -> str:
    """An address or network in its one spelling; raises ValueError."""
    network = ipaddress.ip_network(text.strip(), strict=False)
    return str(network)


def is_within(address: str, networks: Sequence[str]) -> bool:
    """Whether an address lies in one of the networks (none: everything does)."""
    if not networks:
        return True
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    known = [ipaddress.ip_network(network) for network in networks]
    return any(ip.version == network.version and ip in network for network in known)


def network_of(address: str) -> str:
    """The neighbourhood of an address: its /24, or /48 with version 6."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return str(ipaddress.ip_network(f"{ip}/{24 if ip.version == 4 else 48}", strict=False))
