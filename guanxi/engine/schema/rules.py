"""What keys, labels and limits a declaration must respect. Pure Python."""

import re
from collections.abc import Iterable

from guanxi.kit.pinyin import full
from guanxi.kit.text import Text

KEY = re.compile(r"^[a-z][a-z0-9_]{0,39}\Z")
RESERVED_OBJECTS = frozenset(
    {"me", "meta", "search", "views", "imports", "exports", "members", "teams", "tokens", "files", "notifications",
     "stream", "pipelines", "jobs", "setup", "invitations", "workspace", "doctor", "docs", "openapi", "user", "team",
     "member", "record", "records", "quality", "query", "bulk", "actions", "audit", "roles", "flows", "reports", "undo", "portal",
     "public", "webhooks", "mcp", "odata", "insight", "insights", "settings", "duplicates", "changes", "cards", "companies", "configuration", "templates", "auth", "admin", "static", "schema", "health",
     "access", "assignment", "view-as", "privacy", "sharing-rules", "delegations", "pools", "sign-in-policy", "sign-in", "sso-connections", "sso-domains", "sso-metadata",
     "papers", "targets", "deals", "follow-ups", "remarks", "web-forms", "orders", "receivables",
     "dashboards", "referrals"}
)  # fmt: skip
RESERVED_FIELDS = frozenset(
    {"id", "object", "title", "version", "workspace", "workspace_id", "owner", "owner_id", "custom", "deleted_at",
     "deleted_by", "created_at", "created_by", "updated_at", "updated_by", "currency", "object_key", "title_sort",
     "is_sample", "and", "or", "not"}
)  # fmt: skip
MAX_CUSTOM_OBJECTS = 200
MAX_CUSTOM_FIELDS = 300
MAX_OPTIONS = 500
MAX_INDEXED = 20

BAD_KEY = Text(
    "标识只能用小写字母、数字和下划线，以字母开头，最多 40 个字符。",
    "A key has lower-case letters, digits and underscores, starts with a letter, and is at most 40 long.",
)
RESERVED = Text("「{key}」是保留字，请换一个。", "“{key}” is reserved. Choose another.")
KEY_TAKEN = Text("「{key}」已经用过了。", "“{key}” is already in use.")
NO_LABEL = Text("请写名称。", "Give it a name.")


def key_from(label: str, taken: Iterable[str], *, prefix: str = "option") -> str:
    """A key made of a label (pinyin for Chinese), not among `taken`: `华南 区` gives `huanan_qu`."""
    words = (full(word) for word in re.split(r"[\W_]+", label))
    bare = re.sub(r"[^a-z0-9]+", "_", "_".join(words).lower()).strip("_")[:32].strip("_")
    if not bare or not bare[0].isalpha():
        bare = f"{prefix}_{bare}"[:36].strip("_") if bare else prefix
    used = set(taken)
    found, number = bare, 2
    while found in used:
        found, number = f"{bare[:36]}_{number}", number + 1
    return found
