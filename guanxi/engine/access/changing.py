"""Making, changing and deleting roles.

*How it works*: every change holds the workspace's row, writes, raises `access_version` and looks whether
somebody is still in charge; the next request of every process reads the roles anew (loading.py).

*Rules*: needs the area `roles`. Administrators and "only the chosen roles" stay what they are. A role that
people have is not deleted under them.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import F

from guanxi.engine.access.builtin import BUILTIN, FIXED
from guanxi.engine.access.checking import check_rights
from guanxi.engine.access.granting import keep_somebody
from guanxi.engine.access.loading import get_access
from guanxi.engine.access.models import RoleRow
from guanxi.engine.access.rules import SWITCHED, Rights, is_wider, read_rights
from guanxi.engine.access.templates import TEMPLATES, RoleTemplate
from guanxi.engine.identity.facade import require_admin
from guanxi.engine.identity.models import Membership
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx, uncommitted
from guanxi.engine.tenancy.models import Workspace
from guanxi.engine.tenancy.recording import record, record_change
from guanxi.kit import pinyin
from guanxi.kit.errors import Conflict, Forbidden, NotFound, StaleVersion, VersionRequired, invalid
from guanxi.kit.text import Text

MAX_ROLES = 100
TAKEN = Text("已有这个标识的角色。", "There is a role of this key already.")
BAD_KEY = Text(
    "标识只能用小写字母、数字和下划线，以字母开头，最多 40 个字符。",
    "A key is lower-case letters, digits and underscores, a letter first, at most 40.",
)
NO_TEMPLATE = Text("没有这个模板。", "There is no such template.")
STAYS = Text("这个角色是固定的，不能修改。", "This role is fixed; it cannot be changed.")
OWN_ROLE = Text(
    "已开启三员分立，不能改自己所持角色的权限。",
    "Duties are separated: nobody changes what a role gives that they have themselves.",
)
IN_USE = Text(
    "还有 {count} 人有这个角色，请先换掉。", "{count} people still have this role. Give them another first."
)
TOO_MANY = Text("最多 {max} 个角色。", "At most {max} roles.")
NEEDS_NAME = Text("请填写名称。", "A name is needed.")
_KEY = re.compile(r"^[a-z][a-z0-9_]{0,39}\Z")


def begin(ctx: Ctx) -> None:
    """Hold what rights there are for this transaction; raises Forbidden."""
    require_admin(ctx, "roles")
    Workspace.objects.select_for_update().get(id=ctx.workspace.id)


def finish(ctx: Ctx) -> Ctx:
    """Raise the version, and give the context at it; raises Conflict when nobody is in charge any more."""
    rows = Workspace.objects.filter(id=ctx.workspace.id)
    rows.update(access_version=F("access_version") + 1)
    version = rows.values_list("access_version", flat=True).get()
    uncommitted.access[ctx.workspace.id] = None
    fresh = replace(ctx, workspace=replace(ctx.workspace, access_version=version))
    keep_somebody(fresh)
    return fresh


def create_role(ctx: Ctx, given: Mapping[str, Any]) -> tuple[Ctx, str]:
    """A new role from a template, from another role (`copy_of`) or from `rights`; raises Invalid, Conflict."""
    begin(ctx)
    name = _name(given.get("name"))
    key = given.get("key") or _key_of(name)
    if not _KEY.match(key):
        raise invalid("key", "wrong_type", BAD_KEY)
    if key in BUILTIN or RoleRow.objects.filter(workspace_id=ctx.workspace.id, key=key).exists():
        raise Conflict(TAKEN, code="role_exists")
    if RoleRow.objects.filter(workspace_id=ctx.workspace.id).count() >= MAX_ROLES:
        raise invalid("key", "too_many", TOO_MANY, max=MAX_ROLES)
    template = _template(given.get("template"))
    rights = given.get("rights")
    if rights is None:
        rights = stored_rights(ctx, given["copy_of"]) if given.get("copy_of") else taken(ctx, template)
    RoleRow.objects.create(
        workspace_id=ctx.workspace.id, key=key, name=name.as_dict(), note=Text.of(given.get("note") or "").as_dict(),
        template=template.key if template else "", rights=check_rights(ctx, rights, rights if given.get("copy_of") else {}),
        position=given.get("position") or 0,
    )  # fmt: skip
    record(ctx, "role.changed", role=key, name=name.as_dict(), action="create")
    return finish(ctx), key


def update_role(ctx: Ctx, key: str, given: Mapping[str, Any]) -> Ctx:
    """Change name, note, rights or position; a built-in role is stored by its first change. Needs `version`."""
    begin(ctx)
    if key in FIXED:
        raise Conflict(STAYS, code="fixed_role")
    row = RoleRow.objects.filter(workspace_id=ctx.workspace.id, key=key).first() or _stored_builtin(ctx, key)
    version = given.get("version")
    if version is None:
        raise VersionRequired
    if version != row.version:
        raise StaleVersion(extra={"current": row.version})
    before = {"name": row.name, "rights": row.rights}
    if given.get("name") is not None:
        row.name = _name(given["name"]).as_dict()
    if given.get("note") is not None:
        row.note = Text.of(given["note"]).as_dict()
    if given.get("rights") is not None:
        rights = check_rights(ctx, given["rights"], row.rights)
        _keep_apart(ctx, key, row.rights, rights)
        row.rights = rights
    if given.get("position") is not None:
        row.position = given["position"]
    row.version += 1
    row.save()
    record_change(ctx, "role.changed", before, {"name": row.name, "rights": row.rights}, role=key)
    return finish(ctx)


def delete_role(ctx: Ctx, key: str) -> Ctx:
    """Delete a role that nobody has; an adjusted built-in one goes back to what it was."""
    begin(ctx)
    rows = RoleRow.objects.filter(workspace_id=ctx.workspace.id, key=key)
    row = rows.first()
    if row is None:
        raise NotFound
    if key in BUILTIN:
        _keep_apart(ctx, key, row.rights, BUILTIN[key].rights)
    else:
        having = Membership.objects.filter(workspace_id=ctx.workspace.id, extra_roles__contains=[key]).count()
        if having:
            raise Conflict(IN_USE, code="role_in_use", extra={"count": having}, count=having)
    rows.delete()
    record(ctx, "role.changed", role=key, action="delete")
    return finish(ctx)


def _keep_apart(ctx: Ctx, key: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Raise Forbidden for giving more to a role of the actor's own where duties are separated."""
    mine = get_access(ctx.workspace).separate_duties and ctx.actor.holds(key)
    if mine and is_wider(read_rights(after), read_rights(before)):
        raise Forbidden(OWN_ROLE, code="own_roles")


def stored_rights(ctx: Ctx, key: str, row: RoleRow | None = None) -> dict[str, Any]:
    """The rights of a role as JSON (`row`: where it was read already); raises NotFound."""
    if row is None and key not in BUILTIN:
        row = RoleRow.objects.filter(workspace_id=ctx.workspace.id, key=key).first()
        if row is None:
            raise NotFound
    if row is not None:
        return {"objects": {}, "fields": {}, "actions": {}, "areas": [], **row.rights}
    known = get_access(ctx.workspace).rights_of(key, ctx.workspace.member_scope) or Rights()
    objects = {
        name: {verb: bool(reach) if verb in SWITCHED else reach.key for verb, reach in line.items()}
        for name, line in known.objects.items()
    }
    return {"objects": objects, "fields": {}, "actions": {}, "areas": sorted(known.areas)}


def taken(ctx: Ctx, template: RoleTemplate | None) -> dict[str, Any]:
    """What a template gives, of the objects and fields that the workspace has."""
    if template is None:
        return {"objects": {}, "fields": {}, "actions": {}, "areas": []}
    schema = get_schema(ctx)
    rights = template.rights()
    rights["objects"] = {k: v for k, v in rights["objects"].items() if k == "*" or schema.find(k)}
    rights["fields"] = {
        k: {name: right for name, right in line.items() if name in obj.fields}
        for k, line in rights["fields"].items()
        if (obj := schema.find(k)) is not None
    }
    return rights


def _stored_builtin(ctx: Ctx, key: str) -> RoleRow:
    if key not in BUILTIN:
        raise NotFound
    role = BUILTIN[key]
    return RoleRow(
        workspace_id=ctx.workspace.id, key=key, name=role.name.as_dict(), note=role.note.as_dict(),
        rights=stored_rights(ctx, key), version=0,
    )  # fmt: skip


def _template(key: str | None) -> RoleTemplate | None:
    if not key:
        return None
    found = next((template for template in TEMPLATES if template.key == key), None)
    if found is None:
        raise invalid("template", "unknown_template", NO_TEMPLATE)
    return found


def _name(given: Any) -> Text:
    name = Text.of(given) if given else Text("", "")
    if not name.zh.strip():
        raise invalid("name", "required", NEEDS_NAME)
    return name


def _key_of(name: Text) -> str:
    words = re.findall(r"[a-z0-9]+", " ".join(pinyin.words(name.en)).lower())
    return "_".join(words)[:40].strip("_") or "role"
