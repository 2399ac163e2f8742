"""Mail servers on the loopback: SMTP takes what the product sends, and returns what cannot be delivered to an IMAP mailbox.

The SMTP server is aiosmtpd. The mailbox speaks the few commands of IMAP4rev1 (RFC 3501) that a reader needs, each
answered in the form of the standard; whoever changes something in it is refused.
"""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage, Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

from tests.product import free_port

USER = "returns@firm.example"


@dataclass
class Post:
    """What was sent, and the mailbox: its messages by UID."""

    smtp_port: int = 0
    imap_port: int = 0
    sent: list[Any] = field(default_factory=list)
    mailbox: dict[int, bytes] = field(default_factory=dict)
    validity: int = 77
    logins: int = 0
    commands: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return (
            f"imap://{USER.replace('@', '%40')}:free%20of%20spaces@127.0.0.1:{self.imap_port}/INBOX?tls=off"
        )

    def put(self, message: bytes | Message) -> int:
        raw = message if isinstance(message, bytes) else message.as_bytes()
        uid = max(self.mailbox, default=40) + 1
        self.mailbox[uid] = raw
        return uid


def report(original: Message | str, *, status: str, action: str = "failed", to: str = "somebody@else.example",
           diagnosis: str = "", headers_only: bool = True) -> Message:  # fmt: skip
    """A delivery status notification (RFC 3464) about a mail."""
    whole = MIMEMultipart("report", report_type="delivery-status")
    whole["From"], whole["To"], whole["Subject"] = (
        "MAILER-DAEMON@mx.example",
        USER,
        "Undelivered Mail Returned to Sender",
    )
    whole.attach(MIMEText("I'm sorry to have to inform you …", "plain", "utf-8"))
    said = MIMENonMultipart("message", "delivery-status")
    about, recipient = Message(), Message()
    about["Reporting-MTA"] = "dns; mx.example"
    recipient["Final-Recipient"] = f"rfc822; {to}"
    recipient["Action"], recipient["Status"] = action, status
    if diagnosis:
        recipient["Diagnostic-Code"] = diagnosis
    said.set_payload([about, recipient])  # type: ignore[arg-type]
    whole.attach(said)
    if isinstance(original, str):
        made = EmailMessage()
        made["Message-ID"] = original
        original = made
    if headers_only:
        back = MIMENonMultipart("text", "rfc822-headers")
        back.set_payload("".join(f"{name}: {value}\r\n" for name, value in original.items()))
        whole.attach(back)
    else:
        whole.attach(MIMEMessage(original))
    return whole


class _Smtp(MessageHandler):
    def __init__(self, post: Post) -> None:
        super().__init__()
        self.post = post

    def handle_message(self, message: Any) -> None:
        self.post.sent.append(message)


class _Imap(socketserver.StreamRequestHandler):
    post: Post

    def handle(self) -> None:
        self.say(b"* OK IMAP4rev1 ready")
        while line := self.rfile.readline().decode().strip():
            tag, _, rest = line.partition(" ")
            self.post.commands.append(rest.split(" ")[0] if not rest.startswith("UID") else rest)
            answer = self.do(rest)
            self.say(f"{tag} {answer}".encode())
            if rest == "LOGOUT":
                return

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def do(self, command: str) -> str:
        name, _, rest = command.partition(" ")
        if name == "CAPABILITY":
            self.say(b"* CAPABILITY IMAP4rev1 ID")
        elif name == "LOGIN":
            if rest != f'{USER} "free of spaces"':
                return "NO [AUTHENTICATIONFAILED] wrong password"
            self.post.logins += 1
        elif name == "EXAMINE":
            self.say(f"* {len(self.post.mailbox)} EXISTS".encode())
            self.say(f"* OK [UIDVALIDITY {self.post.validity}] UIDs valid".encode())
            return "OK [READ-ONLY] EXAMINE completed"
        elif command.startswith("UID SEARCH UID "):
            first = int(command.rsplit(maxsplit=1)[-1].split(":", maxsplit=1)[0])
            found = [uid for uid in self.post.mailbox if uid >= first] or list(self.post.mailbox)[-1:]
            self.say(f"* SEARCH {' '.join(map(str, found))}".encode())
        elif command.startswith("UID SEARCH SINCE "):
            self.say(f"* SEARCH {' '.join(map(str, self.post.mailbox))}".encode())
        elif command.startswith("UID FETCH "):
            uid = int(command.split()[2])
            raw = self.post.mailbox[uid][: int(command.split("<0.")[1].split(">", maxsplit=1)[0])]
            self.wfile.write(f"* 1 FETCH (UID {uid} BODY[]<0> {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")
        elif name not in ("ID", "LOGOUT"):
            return f"BAD {name} is not for readers"
        return f"OK {name} completed"


@contextmanager
def servers() -> Iterator[Post]:
    """Both servers, running."""
    post = Post(smtp_port=free_port())
    smtp = Controller(_Smtp(post), hostname="127.0.0.1", port=post.smtp_port)
    handler: Callable[..., Any] = type("Imap", (_Imap,), {"post": post})
    imap = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
    imap.daemon_threads = True
    post.imap_port = imap.server_address[1]
    smtp.start()
    threading.Thread(target=imap.serve_forever, daemon=True).start()
    try:
        yield post
    finally:
        smtp.stop()
        imap.shutdown()
        imap.server_close()
