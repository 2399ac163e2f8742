"""Names that hold a person and their company, where the company has a field of its own that is empty."""

from collections.abc import Sequence
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.quality.repairs.base import Mend, Repair
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env
from guanxi.kit.matching.people_of_companies import split_person_and_company
from guanxi.kit.sql import all_of, sql
from guanxi.kit.text import Text

COMPANY = "company"
PERSON = "contact_name"
_LIKELY = "(公司|集团|股份|合伙|[(（/／|｜,，;；、—]|[A-Za-z]{2,}\\.?[)）]?$)"


def _mends(compiler: Compiler) -> Sequence[Mend]:
    obj = compiler.object
    readable = rights.readable(compiler.ctx, obj)
    title = readable.get(obj.title_field)
    needed = (title, readable.get(COMPANY))
    if not all(f is not None and _can_hold(compiler, f) for f in needed) or title is None:
        return []
    name = title.type.expression(compiler.resolve(title.key, title.key).source)
    wanted = all_of(
        [compiler.where({"field": COMPANY, "op": "is_empty"}), sql("{}::text ~ {}", name, _LIKELY)]
    )
    found = [Mend(readable[COMPANY], title.key, wanted, _company), Mend(title, title.key, wanted, _person)]
    person = readable.get(PERSON)
    if person is not None and _can_hold(compiler, person):
        empty = all_of([wanted, compiler.where({"field": PERSON, "op": "is_empty"})])
        found.append(Mend(person, title.key, empty, _person))
    return found


def _can_hold(compiler: Compiler, f: FieldDef) -> bool:
    return f.in_row and f.type.can_be_searched and not f.options and rights.is_writable(compiler.ctx, f)


def _person(stored: Any, env: Env) -> Any:
    found = split_person_and_company(stored) if isinstance(stored, str) else None
    return found[0] if found else None


def _company(stored: Any, env: Env) -> Any:
    found = split_person_and_company(stored) if isinstance(stored, str) else None
    return found[1] if found else None


PEOPLE = Repair(
    "people",
    Text("拆开姓名和公司", "Split person and company"),
    Text(
        "名称里同时写了人和公司、公司一栏空着的，例如「李明（华星科技有限公司）」，拆成两个字段。",
        "Names that hold a person and a company, such as “Li Ming (Huaxing Ltd)”, while the company is blank.",
    ),
    _mends,
)
