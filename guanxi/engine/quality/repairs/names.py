"""Names with full-width letters and digits, doubled spaces, or spaces at their ends."""

import re
from collections.abc import Sequence
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.quality.repairs.base import Mend, Repair
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.store.keys import WEAK
from guanxi.engine.schema.field_types.base import Env
from guanxi.kit.sql import sql
from guanxi.kit.text import Text

# Full-width punctuation stays: in a Chinese name it is the right one.
_HALF = {wide: wide - 0xFEE0 for part in ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B)) for wide in range(*part)}  # fmt: skip
_SPACES = re.compile(r"\s+")
_UNCLEAN = "[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3000\u00a0]|\\s{2,}|^\\s|\\s$|[\\t\\n\\r]"


def clean_name(text: str) -> str | None:
    """Half-width letters and digits, single spaces, none at the ends; None when nothing is left."""
    return _SPACES.sub(" ", text.translate(_HALF)).strip() or None


def _mends(compiler: Compiler) -> Sequence[Mend]:
    obj = compiler.object
    names = {part.field for rule in obj.identity for part in rule.parts if part.normal in WEAK}
    found = []
    for f in rights.readable(compiler.ctx, obj).values():
        if f.key not in names | {obj.title_field} or not (f.in_row and rights.is_writable(compiler.ctx, f)):
            continue
        if f.type.can_be_searched and not f.type.as_json_value:
            left = f.type.expression(compiler.resolve(f.key, f.key).source)
            found.append(Mend(f, f.key, sql("{}::text ~ {}", left, _UNCLEAN), _clean))
    return found


def _clean(stored: Any, env: Env) -> Any:
    return clean_name(stored) if isinstance(stored, str) else None


NAMES = Repair(
    "names",
    Text("整理名称", "Tidy names"),
    Text(
        "去掉名称前后和中间多余的空格，全角字母和数字改成半角。",
        "Needless spaces go, full-width letters and digits become ordinary ones.",
    ),
    _mends,
)
