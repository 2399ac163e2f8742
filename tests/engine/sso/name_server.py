"""A DNS server on loopback that knows TXT records, by dnspython."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


@dataclass
class NameServer:
    """What it knows: name → texts. `silent`: it answers nobody."""

    place: str = ""
    texts: dict[str, list[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    silent: bool = False

    def answer(self, packet: bytes) -> bytes:
        """The answer to one question."""
        question = dns.message.from_wire(packet)
        asked = question.question[0]
        name = asked.name.to_text(omit_final_dot=True).lower()
        self.asked.append(name)
        reply = dns.message.make_response(question)
        reply.flags |= dns.flags.RA
        if name not in self.texts:
            reply.set_rcode(dns.rcode.NXDOMAIN)
        elif asked.rdtype == dns.rdatatype.TXT and self.texts[name]:
            quoted = [f'"{text}"' for text in self.texts[name]]
            reply.answer.append(dns.rrset.from_text(asked.name, 60, "IN", "TXT", *quoted))
        return reply.to_wire()


@contextmanager
def running() -> Iterator[NameServer]:
    """A server on a port of its own."""
    state = NameServer()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            packet, socket = self.request
            if not state.silent:
                socket.sendto(state.answer(packet), self.client_address)

    server: Any = socketserver.ThreadingUDPServer(("127.0.0.1", 0), Handler)
    state.place = f"127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
