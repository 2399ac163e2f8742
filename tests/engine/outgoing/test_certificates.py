"""Other machines are believed by their certificate alone."""

import datetime as dt
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.mail import EmailMessage, get_connection

from guanxi.engine.outgoing.client import OutgoingProblem, fetch


@pytest.fixture
def impostor(tmp_path: Path, settings: Any) -> Iterator[str]:
    """A server on loopback with a certificate that it made itself; it notes who asked."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = tmp_path / "both.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )  # fmt: skip

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    place = f"localhost:{server.server_address[1]}"
    settings.GUANXI_OUTGOING_ALLOW = (place,)
    asked.clear()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield place
    server.shutdown()
    server.server_close()


asked: list[str] = []


@pytest.mark.asvs("12.3.2")
def test_a_certificate_that_nobody_vouches_for_ends_the_request(impostor: str) -> None:
    with pytest.raises(OutgoingProblem):
        fetch("GET", f"https://{impostor}/secret")
    assert asked == []


@pytest.mark.asvs("12.3.2")
def test_mail_goes_to_no_server_whose_certificate_nobody_vouches_for(impostor: str) -> None:
    host, port = impostor.split(":")
    smtp = get_connection(
        "django.core.mail.backends.smtp.EmailBackend", host=host, port=int(port), use_ssl=True, timeout=3
    )
    with pytest.raises(ssl.SSLCertVerificationError):
        EmailMessage("s", "b", "a@firm.example", ["b@firm.example"], connection=smtp).send()
