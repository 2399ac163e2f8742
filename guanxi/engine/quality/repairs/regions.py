"""Addresses whose line names a region that their parts do not."""

from collections.abc import Callable, Sequence
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.quality.repairs.base import Mend, Repair
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env
from guanxi.kit.sql import sql
from guanxi.kit.text import Text

PROVINCE = "province"


def _mends(compiler: Compiler) -> Sequence[Mend]:
    found = []
    for f in rights.readable(compiler.ctx, compiler.object).values():
        if PROVINCE not in f.type.buckets or not (f.in_row and rights.is_writable(compiler.ctx, f)):
            continue
        source = compiler.resolve(f.key, f.key).source
        known = f.type.bucket_expression(source, PROVINCE, compiler.env.zone)
        wanted = sql("{} IS NOT NULL AND {} IS NULL", f.type.expression(source), known)
        found.append(Mend(f, f.key, wanted, _reader(f)))
    return found


def _reader(f: FieldDef) -> Callable[[Any, Env], Any]:
    def read(stored: Any, env: Env) -> Any:
        line = f.type.format(stored, f, env)
        parts = f.type.parse(line, f, env) if line else None
        if not parts or not parts.get("code") or stored.get("country"):
            return None
        return {"postcode": stored["postcode"], **parts} if stored.get("postcode") else parts

    return read


REGIONS = Repair(
    "regions",
    Text("补全省市区", "Find the region"),
    Text(
        "地址里写着省市区、但没有拆开的，拆成省、市、区和详细地址。",
        "Addresses that name their province and city in the line, taken apart.",
    ),
    _mends,
)
