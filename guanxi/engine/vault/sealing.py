"""Encrypting and decrypting under a workspace's keys, blind indexes, and secrets of settings.

*How it works*: AES-256-GCM with a random nonce; what a ciphertext is *about* (workspace, object, field, record …) is
bound to it, so that it opens nowhere else. `encrypt` gives `gx1.<version>.<base64>`; the version tells which
key opens it. A blind index is HMAC-SHA256 of a normalised value under a key of its own, cut to 128 bits: equal
values of one field of one workspace have equal indexes, and nothing else can be told from them. Those of the first
version of that key stand alone, those of later ones after `<version>.`.

For the secrets of settings (a provider's key, a client secret) there is a short way:

    row.secret = seal_secret(workspace_id, "sso.client_secret", text)      # store this
    text = open_secret(workspace_id, "sso.client_secret", row.secret)      # to use it, never to show it

*Rules*: all of it needs a session of the workspace. Never log, return or journal what was opened.

*See*: keys.py, docs/adr/0060-encryption.md.
"""

import base64
import binascii
import hashlib
import hmac
import os
import uuid
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag

from guanxi.engine.tenancy.context import WorkspaceInfo
from guanxi.engine.vault.errors import Undecipherable
from guanxi.engine.vault.keys import Keys, keys_of

PREFIX = "gx1."
_NONCE = 12
_INDEX_BYTES = 16

About = tuple[str, ...]


def encrypt(workspace: WorkspaceInfo, purpose: str, text: str, about: Iterable[object]) -> str:
    """`text` under the workspace's key in force for `purpose` (`field`, `journal`, …), bound to what it is about."""
    keys = keys_of(workspace.id, workspace.schema_version)
    return _encrypted(keys, purpose, text, about)


def decrypt(workspace: WorkspaceInfo, purpose: str, sealed: str, about: Iterable[object]) -> str:
    """The text in `sealed`; raises Undecipherable when it was changed or is about something else."""
    return _decrypted(workspace.id, workspace.schema_version, purpose, sealed, about)


def is_sealed(value: object) -> bool:
    """Whether a stored value has the form that `encrypt` gives."""
    return isinstance(value, str) and value.startswith(PREFIX)


def version_of(sealed: str) -> int:
    """The version of the key that `sealed` is under; 0 for what has not the form."""
    parts = sealed.split(".", 2)
    return int(parts[1]) if len(parts) == 3 and parts[1].isdecimal() and len(parts[1]) < 10 else 0


def blind_index(workspace: WorkspaceInfo, purpose: str, value: str, version: int = 0) -> str:
    """What tells equal values of one field apart from others without showing them; `purpose` names the field.

    `version` is that of the key; 0 for the one in force.
    """
    keys = keys_of(workspace.id, workspace.schema_version)
    version = version or keys.index_now
    digest = hmac.new(keys.index_key(version, purpose), value.encode(), hashlib.sha256).digest()[
        :_INDEX_BYTES
    ]
    return index_tag(version) + base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def index_versions(workspace: WorkspaceInfo) -> tuple[int, int | None]:
    """The version of the key for blind indexes in force, and the one beside it while that changes."""
    keys = keys_of(workspace.id, workspace.schema_version)
    return keys.index_now, keys.index_other


def index_tag(version: int) -> str:
    """What stands before the blind indexes of a version."""
    return "" if version == 1 else f"{version}."


def seal_secret(workspace_id: uuid.UUID, name: str, text: str) -> str:
    """A secret of the settings, readable with the workspace's keys alone and only under the same `name`.

    An empty text stays empty. Give it to a text column: it is about 60 characters longer than four thirds of the text.
    """
    return _encrypted(keys_of(workspace_id), "secret", text, (name,)) if text else ""


def open_secret(workspace_id: uuid.UUID, name: str, sealed: str) -> str:
    """The secret again. Raises Undecipherable (changed, or sealed under another name or in another workspace)."""
    return _decrypted(workspace_id, None, "secret", sealed, (name,)) if sealed else ""


def _encrypted(keys: Keys, purpose: str, text: str, about: Iterable[object]) -> str:
    cipher = keys.cipher(keys.current, purpose)
    assert cipher is not None
    nonce = os.urandom(_NONCE)
    sealed = nonce + cipher.encrypt(nonce, text.encode(), bound(keys.workspace_id, about))
    return f"{PREFIX}{keys.current}.{base64.urlsafe_b64encode(sealed).rstrip(b'=').decode()}"


def _decrypted(
    workspace_id: uuid.UUID, schema_version: int | None, purpose: str, sealed: str, about: Iterable[object]
) -> str:
    version = version_of(sealed) if is_sealed(sealed) else 0
    if not version:
        raise Undecipherable
    cipher = keys_of(workspace_id, schema_version, needs=version).cipher(version, purpose)
    if cipher is None:
        raise Undecipherable
    body = sealed.split(".", 2)[2]
    try:
        data = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
        return cipher.decrypt(data[:_NONCE], data[_NONCE:], bound(workspace_id, about)).decode()
    except (binascii.Error, InvalidTag, ValueError) as error:
        raise Undecipherable from error


def bound(workspace_id: uuid.UUID, about: Iterable[object]) -> bytes:
    """The additional data of a ciphertext: its workspace and what it is about, each with its length before it."""
    parts = [str(part).encode() for part in (workspace_id, *about)]
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
