"""What an import is asked to do: its options and mapping, checked once and typed.

`mapping` on the wire is `{"<column>": "field" | {"field", "link_by"?} | null}`: null leaves a column out,
a column that is not mentioned is unknown (and becomes a field when `create_fields` is set).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from guanxi.kit.errors import FieldError, Invalid
from guanxi.kit.plain_values import whole_number
from guanxi.kit.text import Text

Mode = Literal["create", "update", "upsert"]
Duplicates = Literal["refuse", "allow"]
Owner = Literal["me", "nobody"]
MAX_REPLACED = 2_000
MODES: tuple[Mode, ...] = ("create", "update", "upsert")
SWITCHES = ("create_fields", "create_options", "create_links", "create_members")

BAD_MODE = Text("方式只能是 create、update 或 upsert。", "The mode must be create, update or upsert.")
BAD_SWITCH = Text("这里只能是 true 或 false。", "Only true or false is allowed here.")
BAD_KEY = Text("对照字段应是字段名的列表。", "The key must be a list of fields.")
BAD_TITLE = Text(
    "标题模板应是 500 字以内的文字。", "The title template must be text of at most 500 characters."
)
BAD_OWNER = Text("没有负责人的行，只能归 me 或 nobody。", "Rows without an owner go to me or to nobody.")
BAD_REPLACE = Text(
    "replace 应按列写明原文和换成的文字，最多 {max} 项。",
    "replace is an object of columns, each with texts and what they mean, at most {max}.",
)
UNKNOWN_OPTION = Text("没有这个导入选项。", "There is no such option of imports.")
BAD_MAPPING = Text("对应关系写法不对。", "The mapping is not written correctly.")
NO_COLUMN = Text("文件里没有第 {index} 列。", "The file has no column {index}.")
TWICE = Text("两列对应了同一个字段「{field}」。", "Two columns lead to the same field “{field}”.")


def _is_replacing(given: Any) -> bool:
    """True for `{column: {text: other text}}`."""
    return (
        isinstance(given, Mapping)
        and all(whole_number(key) is not None and isinstance(pairs, Mapping) for key, pairs in given.items())
        and sum(len(pairs) for pairs in given.values()) <= MAX_REPLACED
        and all(
            isinstance(part, str) and "\x00" not in part
            for pairs in given.values()
            for pair in pairs.items()
            for part in pair
        )
    )


@dataclass(frozen=True, slots=True)
class Options:
    """The options of an import.

    `owner` is whose the new records are that the file gives none; `replace` says what texts of a column
    mean, `{column: {text: other text}}`.
    """

    mode: Mode = "create"
    key: tuple[str, ...] = ()
    title: str | None = None
    duplicates: Duplicates = "refuse"
    create_fields: bool = False
    create_options: bool = False
    create_links: bool = False
    create_members: bool = False
    owner: Owner = "nobody"
    replace: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The options on the wire and in the job."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        return values | {"key": list(self.key) or None}

    @classmethod
    def read(cls, given: Mapping[str, Any], before: "Options | None" = None) -> "Options":
        """`before` changed by what is given; raises Invalid naming every wrong option."""
        values = (before or cls()).as_json() | dict(given)
        errors: list[FieldError] = []
        known = {item.name for item in fields(cls)}
        errors += [
            FieldError(f"options.{k}", "unknown_option", UNKNOWN_OPTION) for k in values if k not in known
        ]
        if values["mode"] not in MODES:
            errors.append(FieldError("options.mode", "wrong_type", BAD_MODE))
        if values["duplicates"] not in ("refuse", "allow"):
            errors.append(FieldError("options.duplicates", "wrong_type", UNKNOWN_OPTION))
        if values["owner"] not in ("me", "nobody"):
            errors.append(FieldError("options.owner", "wrong_type", BAD_OWNER))
        if not _is_replacing(values["replace"]):
            errors.append(FieldError("options.replace", "wrong_type", BAD_REPLACE, {"max": MAX_REPLACED}))
        errors += [
            FieldError(f"options.{name}", "wrong_type", BAD_SWITCH)
            for name in SWITCHES
            if not isinstance(values[name], bool)
        ]
        key = values["key"] or ()
        key = (key,) if isinstance(key, str) else key
        if not isinstance(key, (list, tuple)) or not all(isinstance(k, str) for k in key) or len(key) > 3:
            errors.append(FieldError("options.key", "wrong_type", BAD_KEY))
        title = values["title"] or None
        if title is not None and (not isinstance(title, str) or len(title) > 500):
            errors.append(FieldError("options.title", "wrong_type", BAD_TITLE))
        if errors:
            raise Invalid(errors=errors)
        return cls(**{name: values[name] for name in known - {"key", "title"}}, key=tuple(key), title=title)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a column goes: a field, and for links the field of the linked object that its cells name."""

    field: str
    link_by: str | None = None

    def as_json(self) -> str | dict[str, str]:
        """The short form where it says everything."""
        return {"field": self.field, "link_by": self.link_by} if self.link_by else self.field


MappingRead = dict[int, Target | None]


def read_mapping(given: Any, width: int) -> MappingRead:
    """The mapping by column; raises Invalid naming every wrong entry (fields are checked by the plan)."""
    if not isinstance(given, Mapping):
        raise Invalid(errors=[FieldError("mapping", "wrong_type", BAD_MAPPING)])
    found: MappingRead = {}
    errors: list[FieldError] = []
    for key, value in given.items():
        at = f"mapping.{str(key)[:20]}"
        index = whole_number(key)
        if index is None or index >= width:
            errors.append(FieldError(at, "unknown_column", NO_COLUMN, {"index": str(key)[:20]}))
        elif value is None:
            found[index] = None
        elif isinstance(value, str):
            found[index] = Target(value)
        elif (
            isinstance(value, Mapping)
            and isinstance(value.get("field"), str)
            and set(value) <= {"field", "link_by"}
            and isinstance(value.get("link_by") or "", str)
        ):
            found[index] = Target(value["field"], value.get("link_by") or None)
        else:
            errors.append(FieldError(at, "wrong_type", BAD_MAPPING))
    errors += _doubles(found)
    if errors:
        raise Invalid(errors=errors)
    return found


def _doubles(mapping: MappingRead) -> list[FieldError]:
    seen: dict[str, int] = {}
    errors = []
    for index, target in mapping.items():
        if target is None:
            continue
        if target.field in seen:
            errors.append(FieldError(f"mapping.{index}", "mapped_twice", TWICE, {"field": target.field}))
        seen[target.field] = index
    return errors


def mapping_json(mapping: Mapping[int, Target | None]) -> dict[str, Any]:
    """The mapping on the wire and in the job."""
    return {str(index): target.as_json() if target else None for index, target in sorted(mapping.items())}


def column_names(headers: Sequence[str]) -> dict[str, int]:
    """Columns by header, for people who name them so (command line, title templates)."""
    return {header.casefold(): index for index, header in reversed(list(enumerate(headers)))}
