"""What the firm would call its rules about people, in pure Python.

*How it works*: secrets are `<kind>_<workspace>_<secret>`: the workspace's id stands in the string so
that its wall can be put up before the hash is looked up behind it. The secret has 160 random bits, so
one round of SHA-256 is enough to store it.

*Rules*: no Django here; a secret is never kept or logged, only its hash.

*See*: docs/adr/0011-tokens-carry-their-workspace.md.
"""

import base64
import hashlib
import re
import secrets
import uuid
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from guanxi.engine.tenancy.context import Actor, Role
from guanxi.kit import pinyin
from guanxi.kit.bidi import strip_bidi

API_TOKEN = "gx"  # noqa: S105 - a kind of secret, not one
INVITATION = "join"
SETUP = "setup"

# Where a browser session keeps the workspace it works in.
SESSION_WORKSPACE = "guanxi_workspace"
# The one workspace that a session reaches which that workspace's identity provider opened (engine/entry/vouching.py).
SESSION_BOUND = "guanxi_bound"
INVITATION_LIFE = timedelta(days=7)
SETUP_LIFE = timedelta(days=7)
SCOPES: tuple[Literal["read", "write"], ...] = ("read", "write")
ROLES = tuple(role.value for role in Role)
PLACEHOLDER_DOMAIN = "placeholder.invalid"

_SHAPE = re.compile(r"^(?P<kind>[a-z]{2,8})_(?:(?P<workspace>[a-z2-7]{26})_)?(?P<secret>[a-z2-7]{32})\Z")


@dataclass(frozen=True, slots=True)
class Secret:
    """A presented secret: where it claims to belong, and what to look up there."""

    workspace_id: uuid.UUID | None
    hash: str


def make_secret(kind: str, workspace_id: uuid.UUID | None) -> str:
    """A new secret of `kind`, with the workspace in it where there is one."""
    place = f"{_base32(workspace_id.bytes)}_" if workspace_id else ""
    return f"{kind}_{place}{_base32(secrets.token_bytes(20))}"


def parse_secret(kind: str, text: str) -> Secret | None:
    """What `text` says, or None when it has not the shape of a secret of `kind`."""
    match = _SHAPE.match(text)
    if match is None or match["kind"] != kind:
        return None
    place = match["workspace"]
    workspace_id = uuid.UUID(bytes=base64.b32decode(place.upper() + "======")) if place else None
    return Secret(workspace_id=workspace_id, hash=hash_secret(text))


def hash_secret(text: str) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(text.encode()).hexdigest()


def shown_prefix(secret: str) -> str:
    """The part of an API token by which people tell theirs apart: 30 of the 160 secret bits."""
    return f"gx_…{secret.rpartition('_')[2][:6]}"


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()


def is_older(moment: datetime | None, age: timedelta) -> bool:
    """Whether a "last …" moment is unknown or longer ago than `age`."""
    return moment is None or datetime.now(UTC) - moment > age


def slug_of(name: str) -> str:
    """A workspace's slug: the pinyin of its name, letters, digits and hyphens only."""
    words = re.findall(r"[a-z0-9]+", " ".join(pinyin.words(name)))
    return "-".join(words)[:60].strip("-") or "workspace"


def tidy_name(name: str) -> str:
    """A name as people mean it: no runs of white space, nothing at the ends, nothing that turns writing around."""
    return " ".join(strip_bidi(name).split())


def unknown_names(names: Iterable[str], known: Container[str]) -> list[str]:
    """Those of `names` whose folded form is not in `known`, each once, as it was first written."""
    by_folded: dict[str, str] = {}
    for name in names:
        if name.casefold() not in known:
            by_folded.setdefault(name.casefold(), name)
    return list(by_folded.values())


def search_key(name: str) -> str:
    """What the people picker looks in: the name, its pinyin and its initials, in lower case."""
    return f"{name.casefold()} {pinyin.full(name)} {pinyin.initials(name)}"


def placeholder_email(user_id: uuid.UUID) -> str:
    """The address of somebody whose address is not known yet; nothing is ever sent there."""
    return f"{user_id.hex}@{PLACEHOLDER_DOMAIN}"


def shown_email(email: str) -> str:
    """The address for people to see: empty while it is not known."""
    return "" if email.endswith("@" + PLACEHOLDER_DOMAIN) else email


@dataclass(frozen=True, slots=True)
class Can:
    """What the web app offers to a person beyond records."""

    settings: bool
    members: bool
    import_: bool
    export: bool


def capabilities(actor: Actor) -> Can:
    """What an actor whose standing was read may do; with a token that only reads, nothing that writes."""
    verbs = actor.verbs or frozenset()
    return Can(
        settings=actor.can_write and bool(actor.areas),
        members=actor.manages("members"),
        import_=actor.can_write and "import" in verbs,
        export="export" in verbs,
    )


def makes_cycle(
    parents: Mapping[uuid.UUID, uuid.UUID | None], team: uuid.UUID, parent: uuid.UUID | None
) -> bool:
    """Whether hanging `team` below `parent` would close a circle in the tree `parents`."""
    seen: set[uuid.UUID] = set()
    while parent is not None and parent not in seen:
        if parent == team:
            return True
        seen.add(parent)
        parent = parents.get(parent)
    return False
