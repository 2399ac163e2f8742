"""`url`: a web address."""

import re
from typing import Any, ClassVar
from urllib.parse import SplitResult, urlsplit

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal, Source
from guanxi.engine.schema.field_types.operators import TEXT_OPERATORS
from guanxi.engine.schema.field_types.text import NOT_TEXT
from guanxi.kit.sql import Sql, sql
from guanxi.kit.text import Text

NOT_URL = Text(
    "「{value}」不是网址，应以 http:// 或 https:// 开头。", "“{value}” is not a web address (http or https)."
)

_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.\-]*:(?!\d)")
_HOST = re.compile(
    r"^(?=.{1,253}$)(?:(?!-)[\w-]{1,63}(?<!-)\.)+(?!-)[\w-]{2,63}(?<!-)\.?$|^localhost$|^[0-9]{1,3}(?:[.][0-9]{1,3}){3}$|^[0-9a-f]{0,4}:[0-9a-f:.]{1,39}$"
)


def checked_url(text: str, limit: int) -> str | None:
    """`text` as an http(s) address with its scheme and host in lower case, or None."""
    if not text or len(text) > limit or any(char.isspace() or not char.isprintable() for char in text):
        return None
    try:
        parts = urlsplit(text if _SCHEME.match(text) else "https://" + text.lstrip("/"))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.username is not None or not _HOST.match(host):
        return None
    shown = f"[{host}]" if ":" in host else host
    return SplitResult(
        parts.scheme, f"{shown}:{port}" if port else shown, parts.path, parts.query, parts.fragment
    ).geturl()


class UrlFieldType(FieldType):
    """An http or https address; `https://` is put in front where there is no scheme."""

    type = "url"
    formula_kind = "text"
    label = Text("网址", "URL")
    doc = Text("网址，没有写协议时按 https。", "A web address; https where no scheme is written.")
    operators = TEXT_OPERATORS
    can_be_unique = True
    can_be_searched = True
    can_be_sealed = True
    max_length: ClassVar[int] = 2000

    def parse(self, value: Any, field: FieldDef, env: Env) -> str | None:
        """The address with its scheme; no other scheme than http and https."""
        if value == "":
            return None
        if not isinstance(value, str):
            raise Refusal("wrong_type", NOT_TEXT)
        found = checked_url(value.strip(), self.max_length)
        if found is None:
            raise Refusal("bad_url", NOT_URL, value=value.strip()[:60])
        return found

    def sound(self, field: FieldDef, source: Source) -> Sql:
        """Begins with http:// or https:// and has no spaces."""
        return sql("{} ~ {}", self.expression(source), r"^https?://[^\s/]+")
