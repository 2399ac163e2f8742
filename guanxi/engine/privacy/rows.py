"""Reading and saving the rows of the privacy desk: what is given, checked name by name, under a version.

*How it works*: each kind of row has a table of readers, one an attribute; `fill` reads what was given, collects every
complaint, and sets the row. Changes are audited with what was before and after.

*Rules*: looking takes the area `privacy` of the settings, changing takes that it is open to change.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol, TypeVar

from guanxi.engine.schema.field_types.base import Refusal
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.models import WorkspaceOwned
from guanxi.engine.tenancy.recording import record_change
from guanxi.kit.errors import FieldError, Forbidden, Invalid, NotFound, StaleVersion
from guanxi.kit.ids import parse_id
from guanxi.kit.jsons import dumps, loads
from guanxi.kit.plain_values import moment as read_moment
from guanxi.kit.text import Text

AREA = "privacy"
LANGUAGES = ("zh-CN", "en")
NOT_TEXT = Text("这里需要文字，最多 {max} 个字符。", "Text is needed here, at most {max} characters.")
REQUIRED = Text("请填写。", "Please fill this in.")
NOT_AN_OPTION = Text("请从给出的选项中选择。", "Choose one of the options.")
NOT_A_LIST = Text("这里需要一个列表，最多 {max} 项。", "A list is needed here, at most {max} items.")
NOT_A_MOMENT = Text("这里需要一个时间，例如 2026-11-22T09:00:00+08:00。", "A moment is needed here, such as 2026-11-22T09:00:00+08:00.")  # fmt: skip
NOT_A_DATE = Text("这里需要一个日期，例如 2026-11-22。", "A date is needed here, such as 2026-11-22.")
NOT_A_FLAG = Text("这里只能是 true 或 false。", "Only true or false is allowed here.")
NOT_A_NUMBER = Text("应是 {low} 到 {high} 的整数。", "A whole number from {low} to {high}.")
NOT_AN_ID = Text("没有找到。", "Not found.")
UNKNOWN = Text("没有这个设置。", "There is no such setting.")
TOO_MANY = Text("最多 {max} 个。", "At most {max}.")

Reader = Callable[[Any], Any]


class Row(Protocol):
    """A row with a version."""

    id: uuid.UUID
    version: int


Model = TypeVar("Model", bound=WorkspaceOwned)


def require_look(ctx: Ctx) -> None:
    """Raise Forbidden unless the desk is open to the actor."""
    if not ctx.actor.may(AREA):
        raise Forbidden


def require_desk(ctx: Ctx) -> None:
    """Raise Forbidden unless the actor may change what is on the desk."""
    if not ctx.actor.manages(AREA):
        raise Forbidden


def find(ctx: Ctx, model: type[Model], row_id: uuid.UUID, *, lock: bool = False) -> Model:
    """The row; raises NotFound."""
    rows = model._default_manager.filter(workspace_id=ctx.workspace.id, id=row_id)
    found = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise NotFound
    return found


def at_version(row: Any, version: int) -> None:
    """Raise StaleVersion unless the row has this version; it gets the next."""
    if row.version != version:
        raise StaleVersion(extra={"current": row.version})
    row.version += 1


def fill(
    row: Any, given: Mapping[str, Any], readers: Mapping[str, Reader], *, needed: Sequence[str] = ()
) -> None:
    """Set what was given; raises Invalid naming everything that is wrong or missing."""
    errors = [FieldError(name[:60], "unknown_setting", UNKNOWN) for name in given if name not in readers]
    for name, reader in readers.items():
        if name not in given:
            continue
        try:
            setattr(row, name, reader(given[name]))
        except Refusal as refused:
            errors.append(FieldError(name, refused.code, refused.text, refused.values))
    missing = [name for name in needed if not getattr(row, name)]
    wrong = {error.field for error in errors}
    errors += [FieldError(name, "required", REQUIRED) for name in missing if name not in wrong]
    if errors:
        raise Invalid(errors=errors)


def values_of(row: Any, readers: Mapping[str, Reader]) -> dict[str, Any]:
    """What the readers can set, as JSON values."""
    return {name: _plain(getattr(row, name)) for name in readers}


def told(ctx: Ctx, what: str, row: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Tell the audit what changed."""
    record_change(ctx, "privacy.changed", before, after, record_id=row.id, what=what)


def text(longest: int = 200) -> Reader:
    """A reader of a text."""

    def read(value: Any) -> str:
        if value is None:
            return ""
        if not isinstance(value, str) or len(value) > longest or "\x00" in value:
            raise Refusal("wrong_type", NOT_TEXT, max=longest)
        return value.strip()

    return read


def pair(longest: int = 200) -> Reader:
    """A reader of a text in both languages; {} for an empty one. One language serves for both."""
    one = text(longest)

    def read(value: Any) -> dict[str, str]:
        given = {"zh-CN": value, "en": value} if isinstance(value, str) else value
        if given is None:
            return {}
        if not isinstance(given, Mapping) or set(given) - set(LANGUAGES):
            raise Refusal("wrong_type", NOT_TEXT, max=longest)
        found = Text.of({name: one(part) for name, part in given.items()})
        return found.as_dict() if found.zh or found.en else {}

    return read


def choice(options: Mapping[str, Any] | Sequence[str], *, empty: bool = False) -> Reader:
    """A reader of one of the options."""

    def read(value: Any) -> str:
        if empty and value in (None, ""):
            return ""
        if not isinstance(value, str) or value not in options:
            raise Refusal("not_an_option", NOT_AN_OPTION)
        return value

    return read


def items(one: Reader, most: int = 50) -> Reader:
    """A reader of a list, each of whose items `one` reads; empty ones are left out."""

    def read(value: Any) -> list[Any]:
        if value is None:
            return []
        if not isinstance(value, list) or len(value) > most:
            raise Refusal("wrong_type", NOT_A_LIST, max=most)
        found = [one(item) for item in value]
        return [item for i, item in enumerate(found) if item not in ("", {}) and item not in found[:i]]

    return read


def several(options: Mapping[str, Any] | Sequence[str]) -> Reader:
    """A reader of some of the options, in their own order."""
    read_all = items(choice(options), len(options))
    return lambda value: [option for option in options if option in read_all(value)]


def shape(**readers: Reader) -> Reader:
    """A reader of an object with these parts."""

    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping) or set(value) - set(readers):
            raise Refusal("wrong_type", NOT_AN_OPTION)
        return {name: reader(value.get(name)) for name, reader in readers.items()}

    return read


def flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Refusal("wrong_type", NOT_A_FLAG)
    return value


def number(low: int, high: int) -> Reader:
    """A reader of a whole number."""

    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise Refusal("out_of_range", NOT_A_NUMBER, low=low, high=high)
        return value

    return read


def moment(value: Any) -> Any:
    """A moment with its offset, or None."""
    if value in (None, ""):
        return None
    found = read_moment(value)
    if found is None or not 1970 <= found.year <= 2200:
        raise Refusal("wrong_type", NOT_A_MOMENT)
    return found


def day(value: Any) -> date | None:
    """A date, or None."""
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Refusal("wrong_type", NOT_A_DATE) from None


def id_of(known: Callable[[uuid.UUID], bool]) -> Reader:
    """A reader of an id that exists, or None."""

    def read(value: Any) -> uuid.UUID | None:
        if value in (None, ""):
            return None
        found = parse_id(value)
        if found is None or not known(found):
            raise Refusal("not_found", NOT_AN_ID)
        return found

    return read


def _plain(value: Any) -> Any:
    return loads(dumps(value))
