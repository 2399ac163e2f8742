"""`rollup`: a figure over the records that link here: how many, how much, the first, the last, all names.

*How it works*: `config` says of which object (`object`), by which of its links (`field`), what (`op`, over
`measure`), of which of them (`filter`) and in what order. The field settles to the type of the result; the
value stands in the record's `custom` and is kept by the write door (records/rollups).

*Rules*: measure, order and filter are of the other object's own stored fields, of its rollups, or of
formulas made of these alone: whatever changes the figure is then a change of a record that links here.
All records count, whoever looks; so it is there only for who may see all that counts, unless it is declared
to reveal it (engine/access/rights.py).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from guanxi.engine.schema.definitions import FieldDef, ObjectDef, Rollup
from guanxi.engine.schema.field_types.base import FieldType, Refusal
from guanxi.engine.schema.field_types.decimal import DecimalFieldType
from guanxi.engine.schema.field_types.lookup import as_result, known_settings, unavailable
from guanxi.engine.schema.field_types.number import NumberFieldType
from guanxi.engine.schema.field_types.text import TextFieldType
from guanxi.engine.schema.settling import check_ring, settled
from guanxi.kit.text import Text

NO_OBJECT = Text("请选择要汇总的对象。", "Choose the object to sum up.")
NO_LINK = Text(
    "请选择那个对象上指向这里的关联字段（单条关联）。",
    "Choose the field of that object that links to one record here.",
)
NO_OP = Text("没有「{op}」这种汇总方式。", "There is no rollup “{op}”.")
NO_MEASURE = Text(
    "这种汇总要选一个字段，「{field}」不适用。", "This rollup needs a field; “{field}” will not do."
)
NOT_OWN = Text(
    "「{field}」取自别的记录，不能用在汇总里。",
    "“{field}” comes from other records and cannot be used in a rollup.",
)
BAD_ORDER = Text("不能按「{field}」排先后。", "“{field}” gives no order.")
BAD_SEPARATOR = Text("分隔符最多 {max} 个字符。", "A separator has at most {max} characters.")
BAD_TREE = Text("筛选条件的写法不对。", "The filter is not written correctly.")
MAX_SEPARATOR = 10
MAX_FORMULA_DEPTH = 5
SETTINGS = frozenset({"object", "field", "op", "measure", "filter", "order", "separator"})

_PLAIN = Text("", "")
_WHOLE = FieldDef("", NumberFieldType(), _PLAIN, config={"decimals": 0})
_TEXT = FieldDef("", TextFieldType(), _PLAIN)


def _summed(measure: FieldDef) -> FieldDef:
    """Sums of amounts are amounts, of anything else numbers, with as many decimals."""
    if not isinstance(measure.type, NumberFieldType):
        return _WHOLE
    return replace(measure, config={"decimals": measure.type.places(measure)})


def _averaged(measure: FieldDef) -> FieldDef:
    places = measure.type.places(measure) if isinstance(measure.type, NumberFieldType) else 0
    return FieldDef("", DecimalFieldType(), _PLAIN, config={"decimals": max(2, places)})


def _same(measure: FieldDef) -> FieldDef:
    bounds = {name: value for name, value in measure.config.items() if name not in ("min", "max")}
    return replace(measure, config=bounds if isinstance(measure.type, NumberFieldType) else measure.config)


def _measures(op: str) -> Callable[[FieldDef], bool]:
    return lambda measure: op in measure.type.measures


def _any_value(measure: FieldDef) -> bool:
    return measure.type.references != "file"


def _has_text(measure: FieldDef) -> bool:
    return measure.type.references is None and not measure.type.as_json_value


OPS: Mapping[str, tuple[Callable[[FieldDef], bool], Callable[[FieldDef], FieldDef]]] = {
    "count": (lambda measure: True, lambda measure: _WHOLE),
    "sum": (_measures("sum"), _summed),
    "avg": (_measures("avg"), _averaged),
    "min": (_measures("min"), _same),
    "max": (_measures("max"), _same),
    "first": (_any_value, _same),
    "last": (_any_value, _same),
    "joined": (_has_text, lambda measure: _TEXT),
}
"""By operation: which measures it takes, and what its result is like."""


class RollupFieldType(FieldType):
    """A figure over the records that link here."""

    type = "rollup"
    label = Text("汇总", "Rollup")
    doc = Text(
        "对关联到这里的记录计数、求和、取最早最晚等；统计全部记录，看不全这些记录的人看不到它，除非设为公开结果。",
        "Counts, sums or picks from the records that link here; all of them. Who may not see all of these does not see the figure, unless its result is set to be open.",
    )
    groupable = False
    measures = frozenset()
    always_readonly = True
    derived = True

    def settle(self, field: FieldDef, obj: ObjectDef, objects: Mapping[str, ObjectDef]) -> FieldDef:
        """The field as one of the type of the figure."""
        try:
            return self._settled(field, obj, objects)
        except Refusal:
            return unavailable(field, self.type)

    def check_config(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """The settings as such; whether they fit the objects is `check_declaration`."""
        known_settings(config, SETTINGS)
        kept = {name: value for name, value in config.items() if value not in (None, "", {}, [])}
        for name, complaint in (("object", NO_OBJECT), ("field", NO_LINK), ("op", NO_OP), ("measure", NO_MEASURE),
                                ("order", BAD_ORDER)):  # fmt: skip
            if not isinstance(kept.get(name, ""), str):
                raise Refusal("bad_config", complaint, op="", field="")
        separator = kept.get("separator", "")
        if not isinstance(separator, str) or len(separator) > MAX_SEPARATOR or "\x00" in separator:
            raise Refusal("bad_config", BAD_SEPARATOR, max=MAX_SEPARATOR)
        if not isinstance(kept.get("filter", {}), (dict, list)):
            raise Refusal("bad_config", BAD_TREE)
        return kept

    def check_declaration(
        self, config: Mapping[str, Any], key: str, obj: ObjectDef, objects: Mapping[str, ObjectDef]
    ) -> dict[str, Any]:
        """Object, link, measure and order are there and fit; nothing goes round in a circle."""
        checked = self.check_config(config)
        field = self._settled(FieldDef(key, self, Text(key, key), config=checked), obj, objects)
        check_ring(field, obj, objects)
        return checked

    def _settled(self, field: FieldDef, obj: ObjectDef, objects: Mapping[str, ObjectDef]) -> FieldDef:
        given = field.config
        other = objects.get(str(given.get("object") or ""))
        if other is None or not other.record:
            raise Refusal("bad_config", NO_OBJECT)
        link = other.fields.get(str(given.get("field") or ""))
        if (
            link is None
            or link.target != obj.key
            or link.type.storage != "value"
            or link.type.derived
            or link.declared
        ):
            raise Refusal("bad_config", NO_LINK)
        op = str(given.get("op") or "")
        if op not in OPS:
            raise Refusal("bad_config", NO_OP, op=op[:40])
        fits, result = OPS[op]
        measure = None
        if op != "count":
            measure = _own(other, str(given.get("measure") or ""), objects, NO_MEASURE)
            if not fits(measure):
                raise Refusal("bad_config", NO_MEASURE, field=measure.key)
        order = None
        if op in ("first", "last", "joined") and given.get("order"):
            order = _own(other, str(given["order"]), objects, BAD_ORDER)
            if not order.type.sortable or order.type.as_json_value:
                raise Refusal("bad_config", BAD_ORDER, field=order.key)
        tree = given.get("filter")
        rollup = Rollup(
            object=other.key,
            link=link.key,
            op=op,
            measure=measure.key if measure else None,
            filter=tree,
            order=order.key if order else None,
            separator=str(given.get("separator") or "、"),
        )
        stored = {name for path in rollup.mentions for name in _stored(other, path, objects, 0)}
        if measure is not None and measure.type.type == "money" and other.rate_field:
            stored |= {"currency", other.rate_field}  # amounts count in the workspace's currency
        return as_result(
            field, result(measure or _WHOLE), self.type, rollup=replace(rollup, reads=frozenset(stored))
        )


def _own(other: ObjectDef, key: str, objects: Mapping[str, ObjectDef], complaint: Text) -> FieldDef:
    """The settled field `key` of the other object."""
    declared = other.fields.get(key)
    f = settled(declared, other, objects) if declared is not None else None
    if f is None or f.type.storage != "value" or f.seal is not None:
        raise Refusal("bad_config", complaint, field=key[:60])
    return f


def _stored(other: ObjectDef, path: str, objects: Mapping[str, ObjectDef], depth: int) -> Iterator[str]:
    """The stored fields of the other object that a path comes down to; raises Refusal for what leads elsewhere."""
    if path == "id":
        return
    declared = other.fields.get(path)
    f = settled(declared, other, objects) if declared is not None else None
    if f is None or f.type.storage != "value" or depth > MAX_FORMULA_DEPTH:
        raise Refusal("not_own_field", NOT_OWN, field=path[:60])
    if f.computed is None:
        yield f.key
        return
    for inner in f.computed.inputs:
        yield from _stored(other, inner, objects, depth + 1)
