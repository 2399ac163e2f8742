"""What the domain name system says of a name that people typed: its texts.

*How it works*: asked are the system's resolvers, or those of GUANXI_DNS_SERVERS, through dnspython. Nothing is kept:
whoever proves a domain has just changed it.
"""

import dns.exception
import dns.nameserver
import dns.resolver
from django.conf import settings

from guanxi.engine.outgoing.addresses import name_server
from guanxi.engine.outgoing.client import OutgoingProblem

SECONDS = 5.0
MOST = 100


def texts_of(name: str) -> list[str]:
    """The TXT records of a name, none for a name that has none; raises OutgoingProblem when nobody answers."""
    servers = [name_server(entry) for entry in settings.GUANXI_DNS_SERVERS]
    try:
        resolver = dns.resolver.Resolver(configure=not servers)
        if servers:
            resolver.nameservers = [dns.nameserver.Do53Nameserver(host, port) for host, port in servers]
        answer = resolver.resolve(f"{name}.", "TXT", lifetime=SECONDS, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError, ValueError):
        raise OutgoingProblem from None
    return [b"".join(row.strings).decode("utf-8", "replace") for row in list(answer)[:MOST]]
