"""The master key: where it comes from, and how it wraps the data keys of workspaces.

*How it works*: a `Master` wraps and unwraps 32 bytes and names, as a fingerprint, the key that it did it with. Which one
is in force is told by the settings: a program that speaks to a key service (`GUANXI_KMS_COMMAND`), a file
(`GUANXI_MASTER_KEY_FILE`), a text (`GUANXI_MASTER_KEY`), or the file `master_key` that the first start makes in
GUANXI_HOME, readable to nobody else. Files hold one key a line: the first wraps, those below still unwrap. A file is
read again when a fingerprint is not known, so a change of the master key needs no restart.

*Rules*: a key is named by its place and its fingerprint, never printed, logged or put into a message. A new kind
of master registers itself in `master_registry`.

*See*: errors.py, keys.py, docs/adr/0060-encryption.md.
"""

import base64
import binascii
import hashlib
import json
import os
import secrets
import shlex
import subprocess
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from guanxi.engine.vault.errors import DAMAGED, KMS, MISSING, OTHER, SHORT, UNREADABLE, MasterKeyTrouble
from guanxi.kit.registry import Registry

LEAST_LENGTH = 32
OWN_FILE = "master_key"
NONCE = 12
KMS_SECONDS = 20


class Master(Protocol):
    """Something that wraps keys; raises MasterKeyTrouble when it cannot."""

    @property
    def place(self) -> str:
        """Where it is kept, for the sentences about it."""
        ...

    def wrap(self, key: bytes, about: bytes) -> tuple[str, bytes]:
        """The fingerprint of the key in force, and `key` wrapped by it, bound to `about`."""
        ...

    def unwrap(self, master: str, wrapped: bytes, about: bytes) -> bytes:
        """The key again, for the fingerprint it was wrapped under."""
        ...

    def fingerprint(self) -> str:
        """Of the key in force."""
        ...


@dataclass(frozen=True, slots=True)
class MasterKind:
    """A source of master keys; `make` gives None where the settings do not choose it."""

    key: str
    make: "Any"


master_registry: Registry[MasterKind] = Registry("master key", lambda kind: kind.key)


def derive(key: bytes, info: bytes) -> bytes:
    """A key of its own for one purpose (HKDF-SHA256, RFC 5869)."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(key)


class _Text:
    """One master key, from a text."""

    def __init__(self, text: str) -> None:
        self._cipher = AESGCM(derive(text.encode(), b"guanxi master key 1"))
        name = derive(text.encode(), b"guanxi master fingerprint 1")
        self.fingerprint = hashlib.sha256(name).hexdigest()[:12]

    def wrap(self, key: bytes, about: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, key, about)

    def unwrap(self, wrapped: bytes, about: bytes) -> bytes:
        return self._cipher.decrypt(wrapped[:NONCE], wrapped[NONCE:], about)


class LocalMaster:
    """Master keys that this process holds: a text of the settings, or the lines of a file."""

    def __init__(self, place: str, *, text: str = "", file: Path | None = None) -> None:
        self.place = place
        self._given, self._file = text, file
        self._keys: list[_Text] = []

    def fingerprint(self) -> str:
        """Of the key in force."""
        return self._known()[0].fingerprint

    def wrap(self, key: bytes, about: bytes) -> tuple[str, bytes]:
        """Under the first key, as the file has it now."""
        if self._file is not None:
            self._keys = []
        first = self._known()[0]
        return first.fingerprint, first.wrap(key, about)

    def unwrap(self, master: str, wrapped: bytes, about: bytes) -> bytes:
        """With whichever key it was wrapped under; a file is read again before giving up."""
        found = self._find(master)
        if found is None:
            self._keys = []
            found = self._find(master)
        if found is None:
            raise MasterKeyTrouble(OTHER, place=self.place, has=self.fingerprint(), needs=master)
        try:
            return found.unwrap(wrapped, about)
        except InvalidTag as error:
            raise MasterKeyTrouble(DAMAGED, place=self.place, needs=master) from error

    def _find(self, master: str) -> _Text | None:
        return next((key for key in self._known() if key.fingerprint == master), None)

    def _known(self) -> list[_Text]:
        if not self._keys:
            self._keys = [_Text(line) for line in self._lines()]
        return self._keys

    def _lines(self) -> list[str]:
        text = self._given if self._file is None else self._read(self._file)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if not lines or any(len(line) < LEAST_LENGTH for line in lines):
            raise MasterKeyTrouble(SHORT, place=self.place, least=LEAST_LENGTH)
        return lines

    def _read(self, file: Path) -> str:
        try:
            return file.read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise MasterKeyTrouble(MISSING, place=self.place) from error
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "UTF-8"
            raise MasterKeyTrouble(UNREADABLE, place=self.place, reason=reason) from error


class CommandMaster:
    """A program that speaks to a key service, so that the master key never comes to this machine.

    It is called with `wrap` or `unwrap` as its last argument and gets one JSON object on its input: `key` or `wrapped`
    (base64), `context` (base64, to be bound as additional data) and, to unwrap, `master`. It answers with
    `{"wrapped", "master"}` or `{"key"}` within 20 seconds; anything else is trouble.
    """

    def __init__(self, command: str) -> None:
        self.place = "GUANXI_KMS_COMMAND"
        self._command = shlex.split(command)

    def fingerprint(self) -> str:
        """Of the key in force: found by wrapping something."""
        return self.wrap(bytes(32), b"guanxi fingerprint")[0]

    def wrap(self, key: bytes, about: bytes) -> tuple[str, bytes]:
        """By the service."""
        answer = self._ask("wrap", {"key": _b64(key), "context": _b64(about)})
        return self._text(answer, "master"), self._bytes(answer, "wrapped")

    def unwrap(self, master: str, wrapped: bytes, about: bytes) -> bytes:
        """By the service."""
        said = {"wrapped": _b64(wrapped), "context": _b64(about), "master": master}
        return self._bytes(self._ask("unwrap", said), "key")

    def _ask(self, verb: str, said: Mapping[str, str]) -> Mapping[str, Any]:
        try:
            done = subprocess.run([*self._command, verb], input=json.dumps(said).encode(), capture_output=True,
                                  timeout=KMS_SECONDS, check=False)  # fmt: skip
            answer = json.loads(done.stdout) if done.returncode == 0 else None
        except (OSError, subprocess.TimeoutExpired, ValueError) as error:
            raise self._trouble(type(error).__name__) from error
        if not isinstance(answer, dict):
            # What it wrote may hold a key: only the code is told.
            raise self._trouble(f"exit {done.returncode}")
        return answer

    def _text(self, answer: Mapping[str, Any], name: str) -> str:
        value = answer.get(name)
        if not isinstance(value, str) or not 0 < len(value) <= 200:
            raise self._trouble(f"no “{name}”")
        return value

    def _bytes(self, answer: Mapping[str, Any], name: str) -> bytes:
        try:
            return base64.b64decode(str(answer[name]), validate=True)
        except (KeyError, binascii.Error) as error:
            raise self._trouble(f"no “{name}”") from error

    def _trouble(self, reason: str) -> MasterKeyTrouble:
        return MasterKeyTrouble(KMS, place=self.place, reason=reason)


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _from_command(given: Mapping[str, str]) -> Master | None:
    return CommandMaster(given["kms_command"]) if given["kms_command"] else None


def _from_file(given: Mapping[str, str]) -> Master | None:
    file = Path(given["key_file"]).expanduser()
    return LocalMaster(str(file), file=file) if given["key_file"] else None


def _from_text(given: Mapping[str, str]) -> Master | None:
    return LocalMaster("GUANXI_MASTER_KEY", text=given["key"]) if given["key"] else None


def _from_home(given: Mapping[str, str]) -> Master:
    file = own_file()
    return LocalMaster(str(file), file=file)


for _kind in (
    MasterKind("kms_command", _from_command),
    MasterKind("file", _from_file),
    MasterKind("text", _from_text),
    MasterKind("home", _from_home),
):
    master_registry.register(_kind)


def about_key(workspace_id: uuid.UUID, kind: str, version: int) -> bytes:
    """What a wrapped data key is bound to."""
    return f"guanxi data key|{workspace_id}|{kind}|{version}".encode()


def try_wrapped(workspace_id: uuid.UUID, kind: str, version: int, master: str, wrapped: bytes) -> None:
    """Open one stored key; raises MasterKeyTrouble."""
    get_master().unwrap(master, bytes(wrapped), about_key(workspace_id, kind, version))


class _InUse:
    """The master of this process and the settings it was made from."""

    made_from: tuple[Any, ...] | None = None
    master: Master | None = None


_in_use = _InUse()


def get_master() -> Master:
    """The master in force, as the settings choose it."""
    given: Mapping[str, str] = settings.GUANXI_MASTER
    made_from = (*given.items(), settings.GUANXI_HOME)
    if _in_use.master is None or _in_use.made_from != made_from:
        found = (kind.make(given) for kind in master_registry)
        _in_use.master = next(master for master in found if master is not None)
        _in_use.made_from = made_from
    return _in_use.master


def forget_master() -> None:
    """Read the master key again at its next use."""
    _in_use.master = None


def own_file() -> Path:
    """The file in GUANXI_HOME that holds the master key where the settings name no other."""
    return Path(settings.GUANXI_HOME) / OWN_FILE


def is_own() -> bool:
    """Whether the master key is the file in GUANXI_HOME, which we make and change ourselves."""
    return not any(settings.GUANXI_MASTER.values())


def make_own() -> bool:
    """Make the master key in GUANXI_HOME where none is; True when it was made. Never call it over wrapped keys."""
    file = own_file()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if file.exists():
        return False
    fresh = _written(file, [secrets.token_urlsafe(48)])
    try:
        # link() fails when another process was first, and never leaves a half-written key behind.
        os.link(fresh, file)
    except FileExistsError:
        return False
    finally:
        fresh.unlink()
    return True


def put_own(lines: list[str]) -> None:
    """Replace the master keys in GUANXI_HOME: the one in force first, then those that still unwrap."""
    file = own_file()
    os.replace(_written(file, lines), file)
    forget_master()


def own_lines() -> list[str]:
    """The keys in GUANXI_HOME's file, for changing them; never to be shown."""
    return [line.strip() for line in own_file().read_text(encoding="utf-8").splitlines() if line.strip()]


def _written(file: Path, lines: list[str]) -> Path:
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write("\n".join(lines) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    return fresh
