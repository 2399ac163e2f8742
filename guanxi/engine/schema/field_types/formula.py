"""`formula`: a value calculated from other fields.

*How it works*: `config.expression` is the formula with the keys of fields, `config.result_type` the type of
its result, `config.decimals` its places. The field settles to the type of the result; its SQL is made by
`schema/formulas` in every query that asks for it, so it filters, sorts, groups and exports like any field.

*Rules*: what is stored has been checked: names, kinds, rings, cost. Nothing is stored in records.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import FieldType, Refusal
from guanxi.engine.schema.field_types.boolean import BooleanFieldType
from guanxi.engine.schema.field_types.date import DateFieldType
from guanxi.engine.schema.field_types.datetime import DateTimeFieldType
from guanxi.engine.schema.field_types.decimal import DecimalFieldType
from guanxi.engine.schema.field_types.money import MoneyFieldType
from guanxi.engine.schema.field_types.number import NumberFieldType
from guanxi.engine.schema.field_types.operators import EMPTY_ONLY
from guanxi.engine.schema.field_types.percent import PercentFieldType
from guanxi.engine.schema.field_types.text import TextFieldType
from guanxi.engine.schema.formulas import errors
from guanxi.engine.schema.formulas.errors import FormulaError
from guanxi.engine.schema.formulas.formula import (
    MAX_COST,
    MAX_FORMULAS,
    NO_ENV,
    RESULTS,
    Checked,
    Formula,
    check,
)
from guanxi.engine.schema.sources import check_ring
from guanxi.kit.text import Text

UNKNOWN_RESULT = Text("公式的结果不能是「{type}」。", "A formula cannot result in “{type}”.")
NOT_TEXT = Text("这里需要公式的文字。", "The text of a formula is needed here.")
UNKNOWN_CONFIG = Text("没有「{name}」这个设置。", "There is no setting “{name}”.")
SETTINGS = frozenset({"expression", "result_type", "decimals"})

_RESULT_TYPES: Mapping[str, FieldType] = {
    kind.type: kind
    for kind in (
        NumberFieldType(), DecimalFieldType(), MoneyFieldType(), PercentFieldType(), TextFieldType(),
        BooleanFieldType(), DateFieldType(), DateTimeFieldType(),
    )
}  # fmt: skip


class FormulaFieldType(FieldType):
    """A value calculated from other fields, in the type of its result."""

    type = "formula"
    label = Text("公式", "Formula")
    doc = Text(
        "由其他字段算出来的值，像电子表格里的公式。",
        "A value calculated from other fields, like a formula in a spreadsheet.",
    )
    storage = "none"
    operators = EMPTY_ONLY
    sortable = False
    groupable = False
    measures = frozenset()
    always_readonly = True
    derived = True

    def settle(self, field: FieldDef, obj: ObjectDef, objects: Mapping[str, ObjectDef]) -> FieldDef:
        """The field as one of the type of the result."""
        given = field.config
        result = str(given.get("result_type") or "text")
        kind = _RESULT_TYPES.get(result, _RESULT_TYPES["text"])
        config = {name: value for name, value in given.items() if name in SETTINGS}
        made = replace(
            field, type=kind, declared=self.type, config=config, column=None, required=False, unique=False,
            indexed=False, searchable=False, readonly=True, in_create=False, default=None, options=(),
        )  # fmt: skip
        places = kind.places(made) if isinstance(kind, NumberFieldType) else 0
        return replace(made, computed=Formula(str(given.get("expression") or ""), kind.type, places))

    def check_config(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """`expression`, `result_type`, `decimals`, each by itself."""
        for name in config:
            if name not in SETTINGS:
                raise Refusal("unknown_config", UNKNOWN_CONFIG, name=str(name)[:40])
        expression, result = config.get("expression"), config.get("result_type")
        if expression is None:
            return {}
        if not isinstance(expression, str):
            raise Refusal("wrong_type", NOT_TEXT)
        if result is not None and (not isinstance(result, str) or result not in RESULTS):
            raise Refusal("bad_config", UNKNOWN_RESULT, type=str(result)[:40])
        kept: dict[str, Any] = {"expression": expression}
        if result is not None:
            kept["result_type"] = result
            kind = _RESULT_TYPES[result]
            if isinstance(kind, NumberFieldType) and config.get("decimals") is not None:
                kept |= {name: v for name, v in kind.check_config({"decimals": config["decimals"]}).items()
                         if name == "decimals"}  # fmt: skip
        return kept

    def check_declaration(
        self, config: Mapping[str, Any], key: str, obj: ObjectDef, objects: Mapping[str, ObjectDef]
    ) -> dict[str, Any]:
        """The stored form of the settings: the formula is right, forms no ring and costs no more than it may."""
        given = self.check_config(config)
        try:
            checked = check(
                given.get("expression", ""),
                obj,
                objects,
                own=key,
                result=given.get("result_type", ""),
                env=NO_ENV,
            )
        except FormulaError as found:
            raise Refusal(found.code, found.text, **found.values) from None
        kept = self.check_config(
            {"expression": checked.stored, "result_type": checked.result, "decimals": config.get("decimals")}
        )
        self.check_fit(kept, checked, key, obj, objects)
        return kept

    def check_fit(
        self, config: Mapping[str, Any], checked: Checked, key: str, obj: ObjectDef,
        objects: Mapping[str, ObjectDef],
    ) -> None:  # fmt: skip
        """Refuse a formula that would form a ring, cost too much, or break a formula that reads it."""
        field = self.settle(FieldDef(key, self, Text(key, key), config=config, custom=True), obj, objects)
        check_ring(field, obj, objects)
        fields = {
            **obj.fields,
            key: replace(field, label=obj.fields[key].label if key in obj.fields else field.label),
        }
        changed = {**objects, obj.key: replace(obj, fields=fields)}
        weighed: dict[tuple[str, str], tuple[int, int]] = {}
        _weigh(changed[obj.key], key, changed, weighed)
        for other in changed.values():
            for f in other.fields.values():
                if isinstance(f.computed, Formula) and (other.key, f.key) != (obj.key, key):
                    _check_reader(other, f, (obj.key, key), changed, weighed)


def _nodes(obj: ObjectDef, formula: Formula, objects: Mapping[str, ObjectDef]) -> list[tuple[str, str]]:
    """The (object, field) pairs that the paths of a formula end at, each as often as it is read."""
    found: list[tuple[str, str]] = []
    for path in formula.mentions:
        here: ObjectDef | None = obj
        *links, last = path.split(".")
        for step in links:
            link = here.fields.get(step) if here else None
            here = objects.get(link.target or link.type.references or "") if link else None
        if here is not None and last in here.fields:
            found.append((here.key, last))
    return found


def _weigh(
    obj: ObjectDef,
    key: str,
    objects: Mapping[str, ObjectDef],
    weighed: dict[tuple[str, str], tuple[int, int]],
) -> tuple[int, int]:
    """The steps and the depth of a field with all that it is made of; raises Refusal beyond the limits."""
    node = (obj.key, key)
    if node in weighed:
        return weighed[node]
    weighed[node] = (1, 0)
    f = obj.fields[key]
    if isinstance(f.computed, Formula):
        below = [_weigh(objects[o], k, objects, weighed) for o, k in _nodes(obj, f.computed, objects)]
        cost = f.computed.size + sum(steps for steps, _ in below)
        depth = 1 + max((levels for _, levels in below), default=0)
        if cost > MAX_COST:
            raise Refusal("too_costly", errors.TOO_COSTLY, cost=cost, max=MAX_COST)
        if depth > MAX_FORMULAS:
            raise Refusal("nested_too_deep", errors.TOO_NESTED, max=MAX_FORMULAS, field=f.label)
        weighed[node] = (cost, depth)
    return weighed[node]


def _check_reader(
    other: ObjectDef, f: FieldDef, changed: tuple[str, str], objects: Mapping[str, ObjectDef],
    weighed: dict[tuple[str, str], tuple[int, int]],
) -> None:  # fmt: skip
    """What reads the changed formula stays within the limits and can still be calculated."""
    formula = f.computed
    assert isinstance(formula, Formula)
    _weigh(other, f.key, objects, weighed)
    if changed in _nodes(other, formula, objects):
        try:
            check(formula.expression, other, objects, own=f.key, result=formula.result, env=NO_ENV)
        except FormulaError:
            raise Refusal("breaks_formula", errors.BROKEN_BY_IT, field=f.label) from None
