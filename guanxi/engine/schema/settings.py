"""The settings of objects and fields as an administrator gives them, each read and checked by itself.

*How it works*: every reader takes one value from outside and gives what is stored, or raises `Refusal`;
`object_settings` and `field_settings` run them all and collect the complaints by name.

*Rules*: what is stored can be read again by every process without a check: nothing else may write it.
A default is stored in its field's JSON form. `None` takes a setting back.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_args

from guanxi.engine.schema.definitions import FieldDef, ObjectDef, SeenBy
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal
from guanxi.engine.schema.rules import NO_LABEL
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError
from guanxi.kit.jsons import dumps, loads
from guanxi.kit.text import Text

MAX_LABEL = 100
MAX_HELP = 1000
MAX_POSITION = 1_000_000
MAX_PARENTS = 5
MAX_RHYTHM = 3650
NOT_TEXT = Text("这里需要文字，最多 {max} 个字。", "Text of at most {max} characters is needed here.")
TOO_LONG = Text("最多 {max} 个字。", "At most {max} characters.")
NOT_POSITION = Text("位置应是 0 到 {max} 的整数。", "A position is a whole number from 0 to {max}.")
NOT_RHYTHM = Text("核实周期应是 1 到 {max} 天。", "A review rhythm is 1 to {max} days.")
NOT_FLAG = Text("这里只能是 true 或 false。", "Only true or false is allowed here.")
NOT_PARENTS = Text(
    "这里需要一组关联字段的标识，最多 {max} 个。",
    "A list of keys of link fields, at most {max}, is needed here.",
)
SEEN_BY = get_args(SeenBy)
NOT_SEEN_BY = Text(
    "谁看得到，只能是 owner、everyone 或 everyone_edits。",
    "Who sees it is owner, everyone or everyone_edits.",
)
NOT_POSSIBLE = Text("这种字段不支持这个设置。", "This type of field has no such setting.")
ALWAYS_NEEDED = Text("列表离不开这个字段，不能隐藏。", "Lists need this field; it cannot be hidden.")

STAYS_IN_USE = Text("列表离不开这个字段，不能停用。", "Lists need this field; it cannot be retired.")


def label(value: Any, *, longest: int = MAX_LABEL) -> dict[str, str]:
    """A text in both languages."""
    given = {"zh-CN": value, "en": value} if isinstance(value, str) else value
    if not isinstance(given, Mapping) or any(not isinstance(text, str) for text in given.values()):
        raise Refusal("required", NO_LABEL)
    text = Text.of(given)
    if any(len(part) > longest for part in (text.zh, text.en)):
        raise Refusal("too_long", TOO_LONG, max=longest)
    if not text.zh.strip() or any("\x00" in part for part in (text.zh, text.en)):
        raise Refusal("required", NO_LABEL)
    return text.as_dict()


def word(longest: int, default: str) -> Callable[[Any], str]:
    """A reader of a short word (an icon, a colour, a group)."""

    def read(value: Any) -> str:
        if value is None or value == "":
            return default
        if not isinstance(value, str) or len(value) > longest or not value.isprintable():
            raise Refusal("wrong_type", NOT_TEXT, max=longest)
        return value

    return read


def position(value: Any) -> int:
    """A place in an order."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_POSITION:
        raise Refusal("wrong_type", NOT_POSITION, max=MAX_POSITION)
    return value


def flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Refusal("wrong_type", NOT_FLAG)
    return value


def parents(value: Any, obj: ObjectDef | None) -> list[str]:
    """Keys of links to one record, whose visibility the object takes over."""
    known = obj.fields if obj else {}
    keys = [] if value is None else value
    if not isinstance(keys, list) or len(keys) > MAX_PARENTS:
        raise Refusal("wrong_type", NOT_PARENTS, max=MAX_PARENTS)
    for key in keys:
        found = known.get(key) if isinstance(key, str) else None
        if found is None or not found.type.is_record_link or found.type.storage != "value" or found.declared:
            raise Refusal("wrong_type", NOT_PARENTS, max=MAX_PARENTS)
    return list(dict.fromkeys(keys))


def seen_by(value: Any) -> str:
    """Who sees the records of an object."""
    if value not in SEEN_BY:
        raise Refusal("unknown_option", NOT_SEEN_BY)
    return str(value)


def default_value(ctx: Ctx, field: FieldDef, value: Any) -> Any:
    """What new records get, in the field's JSON form."""
    if value is None or value == "":
        return None
    if field.type.references is not None or field.type.always_readonly or field.type.storage != "value":
        raise Refusal("not_possible", NOT_POSSIBLE)
    env = Env(zone=ctx.workspace.zone, now=ctx.now, locale=ctx.locale, currency=ctx.workspace.currency)
    parsed = field.type.parse(value, field, env)
    return None if parsed is None else loads(dumps(field.type.dump(parsed, field)))


def object_settings(
    given: Mapping[str, Any], obj: ObjectDef | None
) -> tuple[dict[str, Any], list[FieldError]]:
    """The given settings of an object (None: a new one) as they are stored, and what is wrong with them."""
    readers: dict[str, Callable[[Any], Any]] = {
        "label": label,
        "label_plural": label,
        "icon": word(40, "box"),
        "color": word(20, ""),
        "group": word(20, "other"),
        "position": position,
        "title_label": lambda value: None if value is None else label(value),
        "parents": lambda value: parents(value, obj),
        "seen_by": seen_by,
        "hidden": flag,
        "deprecated": flag,
    }
    return read_all(readers, given)


def field_settings(
    field_type: FieldType, given: Mapping[str, Any], *, needed: bool
) -> tuple[dict[str, Any], list[FieldError]]:
    """The simple settings of a field as they are stored; `needed`: lists cannot do without it."""
    readers: dict[str, Callable[[Any], Any]] = {
        "label": label,
        "help": lambda value: None if value in (None, "") else label(value, longest=MAX_HELP),
        "section": word(40, ""),
        "position": position,
        "required": flag,
        "unique": _if_possible(field_type.can_be_unique),
        "searchable": _if_possible(field_type.can_be_searched),
        "indexed": _if_possible(field_type.sortable and field_type.storage == "value"),
        "in_list": flag,
        "in_create": flag,
        "hidden": _if_possible(not needed, ALWAYS_NEEDED),
        "deprecated": _if_possible(not needed, STAYS_IN_USE),
        "sensitive": flag,
        "confidential": flag,
        "review_days": _rhythm(field_type.can_be_confirmed),
        "reveals": flag,
    }
    return read_all(readers, given)


def read_all(
    readers: Mapping[str, Callable[[Any], Any]], given: Mapping[str, Any]
) -> tuple[dict[str, Any], list[FieldError]]:
    """Each given setting through its reader."""
    found: dict[str, Any] = {}
    errors: list[FieldError] = []
    for name, read in readers.items():
        if name not in given:
            continue
        try:
            found[name] = read(given[name])
        except Refusal as refusal:
            errors.append(FieldError(name, refusal.code, refusal.text, refusal.values))
    return found, errors


def is_needed(obj: ObjectDef, key: str) -> bool:
    """True for the fields that every list of `obj` shows or sorts by."""
    sorts: Sequence[str] = [part.lstrip("-") for part in obj.default_sort.split(",")]
    return key == obj.title_field or key == "owner" or key in sorts or obj.fields[key].system


def _rhythm(possible: bool) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if value is None or value == 0:
            return 0
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_RHYTHM:
            raise Refusal("out_of_range", NOT_RHYTHM, max=MAX_RHYTHM)
        if not possible:
            raise Refusal("not_possible", NOT_POSSIBLE)
        return value

    return read


def _if_possible(possible: bool, why_not: Text = NOT_POSSIBLE) -> Callable[[Any], bool]:
    def read(value: Any) -> bool:
        if flag(value) and not possible:
            raise Refusal("not_possible", why_not)
        return bool(value)

    return read
