"""What somebody may write into a role: objects and fields that exist, verbs and scopes that we know.

*Rules*: every complaint has its path. Keys that a stored role holds and the schema has lost meanwhile are
dropped without a word. A title is shown wherever a record is named, so no role can hide or mask it.
"""

import re
from collections.abc import Mapping
from typing import Any

from guanxi.engine.access.areas import AREA_KEYS
from guanxi.engine.access.rights import ALWAYS
from guanxi.engine.access.rules import ANY, FIELD_RIGHTS, SCOPED, SCOPES, SWITCHED
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError, Invalid
from guanxi.kit.text import Text

PARTS = ("objects", "fields", "actions", "areas")
MAX_KEYS = 500
WRONG = Text("这里的内容不对。", "This is not what belongs here.")
UNKNOWN_OBJECT = Text("没有「{key}」这个对象。", "There is no object “{key}”.")
UNKNOWN_FIELD = Text("没有「{key}」这个字段。", "There is no field “{key}”.")
UNKNOWN_VERB = Text("没有「{key}」这项操作。", "There is no verb “{key}”.")
BAD_SCOPE = Text(
    "范围只能是 none、own、team、team_below 或 all。", "A scope is none, own, team, team_below or all."
)
BAD_SWITCH = Text("这里只能是 true 或 false。", "Only true or false is allowed here.")
BAD_RIGHT = Text("只能是 hidden、masked、read 或 edit。", "It is hidden, masked, read or edit.")
ALWAYS_SEEN = Text(
    "「{key}」决定记录怎么显示、归谁，不能隐藏或打码。",
    "“{key}” says what a record is called or whose it is; it cannot be hidden or masked.",
)
_ACTION = re.compile(r"^[a-z][a-z0-9_]{0,59}\Z")
_TEMPLATE_FIELD = re.compile(r"{(\w+)")


def check_rights(ctx: Ctx, given: Any, stored: Mapping[str, Any]) -> dict[str, Any]:
    """The rights of a role as they are stored; raises Invalid with every complaint below `rights`."""
    if not isinstance(given, Mapping) or set(given) - set(PARTS):
        raise Invalid(errors=[FieldError("rights", "wrong_type", WRONG)])
    errors: list[FieldError] = []
    found = {
        "objects": _objects(ctx, given.get("objects"), stored.get("objects", {}), errors),
        "fields": _fields(ctx, given.get("fields"), stored.get("fields", {}), errors),
        "actions": _actions(given.get("actions"), errors),
        "areas": _areas(given.get("areas"), errors),
    }
    if errors:
        raise Invalid(errors=errors)
    return found


def named_by(obj: ObjectDef) -> frozenset[str]:
    """The fields that stand in the titles of an object's records."""
    return frozenset({obj.title_field, *_TEMPLATE_FIELD.findall(obj.title_template or "")})


def _part(given: Any, path: str, errors: list[FieldError]) -> Mapping[str, Any]:
    if given is None:
        return {}
    if not isinstance(given, Mapping) or len(given) > MAX_KEYS:
        errors.append(FieldError(path, "wrong_type", WRONG))
        return {}
    return given


def _objects(ctx: Ctx, given: Any, stored: Any, errors: list[FieldError]) -> dict[str, dict[str, Any]]:
    schema = get_schema(ctx)
    found: dict[str, dict[str, Any]] = {}
    for key, line in _part(given, "rights.objects", errors).items():
        path = f"rights.objects.{key[:60]}"
        obj = schema.find(key)
        if key != ANY and (obj is None or not obj.listed):
            if key not in stored:
                errors.append(FieldError(path, "unknown_object", UNKNOWN_OBJECT, {"key": key[:60]}))
            continue
        found[key] = {}
        for verb, value in _part(line, path, errors).items():
            here = f"{path}.{verb[:20]}"
            if verb not in SCOPED and verb not in SWITCHED:
                errors.append(FieldError(here, "unknown_verb", UNKNOWN_VERB, {"key": verb[:20]}))
            elif verb in SWITCHED and not isinstance(value, bool):
                errors.append(FieldError(here, "wrong_type", BAD_SWITCH))
            elif verb in SCOPED and (not isinstance(value, str) or value not in SCOPES):
                errors.append(FieldError(here, "wrong_type", BAD_SCOPE))
            else:
                found[key][verb] = value
    return found


def _fields(ctx: Ctx, given: Any, stored: Any, errors: list[FieldError]) -> dict[str, dict[str, str]]:
    schema = get_schema(ctx)
    found: dict[str, dict[str, str]] = {}
    for key, line in _part(given, "rights.fields", errors).items():
        path = f"rights.fields.{key[:60]}"
        obj = schema.find(key)
        if obj is None or not obj.listed:
            if key not in stored:
                errors.append(FieldError(path, "unknown_object", UNKNOWN_OBJECT, {"key": key[:60]}))
            continue
        rights = {
            name: right
            for name, right in _part(line, path, errors).items()
            if _is_field_right(obj, name, right, path, stored.get(key, {}), errors)
        }
        if rights:
            found[key] = rights
    return found


def _is_field_right(
    obj: ObjectDef, name: str, right: Any, path: str, stored: Mapping[str, Any], errors: list[FieldError]
) -> bool:
    here = f"{path}.{name[:60]}"
    if name not in obj.fields:
        if name not in stored:
            errors.append(FieldError(here, "unknown_field", UNKNOWN_FIELD, {"key": name[:60]}))
        return False
    if not isinstance(right, str) or right not in FIELD_RIGHTS:
        errors.append(FieldError(here, "wrong_type", BAD_RIGHT))
        return False
    if right in ("hidden", "masked") and name in (ALWAYS | named_by(obj)):
        errors.append(FieldError(here, "always_seen", ALWAYS_SEEN, {"key": name[:60]}))
        return False
    return True


def _actions(given: Any, errors: list[FieldError]) -> dict[str, bool]:
    found = {}
    for key, value in _part(given, "rights.actions", errors).items():
        if not isinstance(value, bool) or not _ACTION.match(key):
            errors.append(FieldError(f"rights.actions.{key[:60]}", "wrong_type", BAD_SWITCH))
        else:
            found[key] = value
    return found


def _areas(given: Any, errors: list[FieldError]) -> list[str]:
    if given is None:
        return []
    if not isinstance(given, list) or not all(isinstance(area, str) and area in AREA_KEYS for area in given):
        errors.append(FieldError("rights.areas", "unknown_area", WRONG))
        return []
    return sorted(set(given))
