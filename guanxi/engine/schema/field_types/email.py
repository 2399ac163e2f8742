"""`email`: an e-mail address."""

import re
import unicodedata
from email.utils import parseaddr
from typing import Any

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import MASK, Env, FieldType, Refusal, Source
from guanxi.engine.schema.field_types.operators import TEXT_OPERATORS
from guanxi.engine.schema.field_types.text import NOT_TEXT
from guanxi.kit.sql import Sql, sql
from guanxi.kit.text import Text

NOT_EMAIL = Text("「{value}」不是邮箱地址。", "“{value}” is not an e-mail address.")

_LOCAL = re.compile(r"^[^\s@<>()\[\]\\,;:\"\x00-\x1f]{1,64}$")
_LABEL = re.compile(r"^(?!-)[\w-]{1,63}(?<!-)$")


def checked_email(text: str) -> str | None:
    """The address in lower case (no mail service in use tells case apart), or None when it is none."""
    local, at, domain = text.strip().casefold().rpartition("@")
    labels = domain.split(".")
    if (
        not at
        or len(text) > 254
        or not _LOCAL.match(local)
        or local[0] == "."
        or local[-1] == "."
        or ".." in local
    ):
        return None
    if len(labels) < 2 or not all(_LABEL.match(label) for label in labels) or labels[-1].isdigit():
        return None
    return f"{local}@{domain}"


class EmailFieldType(FieldType):
    """One address, in lower case; compared so too."""

    type = "email"
    formula_kind = "text"
    reaches = True
    label = Text("邮箱", "E-mail")
    doc = Text("一个邮箱地址。", "One e-mail address.")
    operators = TEXT_OPERATORS
    can_be_unique = True
    can_be_searched = True
    can_be_sealed = True

    def parse(self, value: Any, field: FieldDef, env: Env) -> str | None:
        """The address in lower case."""
        if value == "":
            return None
        if not isinstance(value, str):
            raise Refusal("wrong_type", NOT_TEXT)
        found = checked_email(value)
        if found is None:
            raise Refusal("bad_email", NOT_EMAIL, value=value.strip()[:60])
        return found

    def mask(self, value: Any) -> str:
        """a***@x.com: the first letter and whose house it is."""
        local, at, domain = str(value).rpartition("@")
        return f"{local[:1] if len(local) > 1 else ''}***@{domain}" if at else MASK

    def sound(self, field: FieldDef, source: Source) -> Sql:
        """One sign before which and after which there is something, a dot behind it, no capitals."""
        left = self.expression(source)
        return sql(
            "{} ~ {} AND {} = lower({})", left, r"^[^\s@,;<>]+@[^\s@,;<>]+[.][^\s@,;<>.]+$", left, left
        )

    def read_cell(self, text: str, field: FieldDef, env: Env) -> str | None:
        """Also `mailto:a@b.cn`, `张三 <a@b.cn>` and full-width signs."""
        bare = unicodedata.normalize("NFKC", text).strip().removeprefix("mailto:")
        if bare.endswith(">"):
            bare = parseaddr(bare)[1] or bare
        return self.parse(bare.strip(" ;,"), field, env)
