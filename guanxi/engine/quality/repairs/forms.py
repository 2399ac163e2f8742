"""Values that are written otherwise than their type writes them: phone numbers, addresses of mail, the web."""

from collections.abc import Callable, Sequence
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.quality.repairs.base import Mend, Repair
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env
from guanxi.kit.sql import sql
from guanxi.kit.text import Text


def _mends(compiler: Compiler) -> Sequence[Mend]:
    found = []
    for f in rights.readable(compiler.ctx, compiler.object).values():
        if not (f.in_row and rights.is_writable(compiler.ctx, f)):
            continue
        sound = f.type.sound(f, compiler.resolve(f.key, f.key).source)
        if sound is not None:
            found.append(Mend(f, f.key, sql("({}) IS FALSE", sound), _reader(f)))
    return found


def _reader(f: FieldDef) -> Callable[[Any, Env], Any]:
    """What the type makes of the text when it comes in a spreadsheet."""

    def read(stored: Any, env: Env) -> Any:
        return f.type.read_cell(stored.strip(), f, env) if isinstance(stored, str) else None

    return read


FORMS = Repair(
    "forms",
    Text("统一格式", "Write in the usual form"),
    Text(
        "把电话、邮箱、网址、税号和选项改成统一的写法，例如 138-0013-8000 改成 +8613800138000。",
        "Phone numbers, e-mail and web addresses, tax numbers and options as they are written everywhere else.",
    ),
    _mends,
)
