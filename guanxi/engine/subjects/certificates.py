"""The certificate of an erasure: a page to print, and the check of its hash.

*How it works*: what was done is JSON without data of the person; its SHA-256 stands on the page, in the table, in
the list outside the database and in the sealed audit. Who has the page can have the hash checked.
"""

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any

from django.db import connection

from guanxi.engine.schema.loading import get_schema
from guanxi.engine.subjects import rules
from guanxi.engine.subjects.models import Certificate, SubjectRequest
from guanxi.engine.subjects.reading import text_in
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.erasing import eraser_registry
from guanxi.kit.errors import NotFound
from guanxi.kit.text import Text

_STYLE = (
    "body{font:14px/1.7 system-ui,'PingFang SC','Microsoft YaHei',sans-serif;max-width:720px;margin:48px auto;padding:0 24px;"
    "color:#1f2328}h1{font-size:22px;margin:0}.sub{color:#656d76;margin:0 0 28px}table{border-collapse:collapse;width:100%;"
    "margin:12px 0 28px}td,th{border-bottom:1px solid #d8dee4;padding:7px 8px;text-align:left;vertical-align:top}"
    "th{font-weight:500;color:#656d76;width:200px}td.n{text-align:right;font-variant-numeric:tabular-nums}"
    "code{font-size:12px;word-break:break-all}h2{font-size:15px;margin:0}"
)
TITLE = Text("个人信息删除证明", "Certificate of erasure")
WORDS = {
    "number": Text("编号", "Number"), "workspace": Text("处理者", "Controller"), "request": Text("请求", "Request"),
    "received_at": Text("收到时间", "Received"), "made_at": Text("删除时间", "Erased"), "made_by": Text("经办人", "Carried out by"),
    "identity": Text("身份核实", "Identity checked"), "law": Text("依据", "Under"),
}  # fmt: skip
DONE = Text("已处理的位置", "What was erased where")
KEPT = Text("依法封存（只保存、不使用）", "Kept by law, in storage only")
KEPT_COUNT = Text("依法封存的记录", "Records kept by law")
BACKUPS = Text(
    "备份副本在保留期内仍可能含有这些数据；一旦从备份恢复，系统会在提供服务前按本证明再次删除。",
    "Backups may hold these data until they are rotated out. Should one be restored, the erasure is done again "
    "before the system serves anybody.",
)
SEAL = Text("校验值（SHA-256），可在系统审计日志中核对：", "Hash (SHA-256), to be checked against the audit:")
LAW = {
    "pipl": Text("《个人信息保护法》第四十七条", "PIPL Art. 47"),
    "gdpr": Text("GDPR 第 17 条", "GDPR Art. 17"),
}
CHECKED = {
    "id_card": Text("证件", "Identity document"), "code": Text("向留存的号码或邮箱发送验证码", "Code sent to the number or address on file"),
    "callback": Text("回拨留存的号码", "Call back on the number on file"), "known": Text("当面确认", "In person"),
    "other": Text("其他", "Other"),
}  # fmt: skip


def page(ctx: Ctx, request: SubjectRequest) -> tuple[str, str]:
    """The page and its file name; raises NotFound."""
    row = Certificate.objects.filter(workspace_id=ctx.workspace.id, request_id=request.id).first()
    if row is None:
        raise NotFound
    return _html(ctx, row), f"erasure-{row.number}.html"


def check(ctx: Ctx, body: Mapping[str, Any]) -> dict[str, Any]:
    """`{known, number, made_at, intact, in_audit}` of a hash."""
    given = text_in(body, "hash", most=64, required=True).lower()
    row = Certificate.objects.filter(workspace_id=ctx.workspace.id, hash=given).first()
    with connection.cursor() as db:
        db.execute(
            "SELECT count(*) FROM audit_entry WHERE workspace_id = %s AND kind = 'subject.erased' AND detail ->> 'hash' = %s",
            [ctx.workspace.id, given],
        )
        told = db.fetchone()
    return {
        "known": row is not None,
        "number": row.number if row else None,
        "made_at": row.made_at if row else None,
        "intact": row is not None and rules.seal(row.body) == row.hash,
        "in_audit": bool(told and told[0]),
    }


def _html(ctx: Ctx, row: Certificate) -> str:
    locale, body = ctx.locale, row.body
    labels = {eraser.key: eraser.label for eraser in eraser_registry} | {"kept": KEPT_COUNT}
    facts = {
        "number": body["number"], "workspace": body["workspace"], "request": f"#{body['request']}",
        "law": LAW[body["law"]].in_(locale), "received_at": _day(ctx, body["received_at"]),
        "identity": CHECKED[body["identity"]["how"]].in_(locale) + " · " + _day(ctx, body["identity"]["at"]),
        "made_at": _day(ctx, body["made_at"]), "made_by": body["made_by"],
    }  # fmt: skip
    told = "".join(_row(WORDS[key].in_(locale), value) for key, value in facts.items())
    counts = "".join(
        f'<tr><td>{escape(labels[key].in_(locale) if key in labels else key)}</td><td class="n">{count:,}</td></tr>'
        for key, count in body["counts"].items()
    )
    kept = "".join(
        _row(_object(ctx, each["object"]), f"{each['until'][:10]} · {each['ground']}")
        for each in body["kept"]
    )
    kept = f"<h2>{escape(KEPT.in_(locale))}</h2><table>{kept}</table>" if kept else ""
    return (
        f'<!doctype html><html lang="{escape(locale)}"><head><meta charset="utf-8"><title>{escape(TITLE.in_(locale))} '
        f"{escape(row.number)}</title><style>{_STYLE}</style></head><body><h1>{escape(TITLE.in_(locale))}</h1>"
        f'<p class="sub">{escape(TITLE.in_("en" if locale != "en" else "zh-CN"))}</p><table>{told}</table>'
        f"<h2>{escape(DONE.in_(locale))}</h2><table>{counts}</table>{kept}<p>{escape(BACKUPS.in_(locale))}</p>"
        f"<p>{escape(SEAL.in_(locale))}<br><code>{row.hash}</code></p></body></html>"
    )


def _row(name: str, value: Any) -> str:
    return f"<tr><th>{escape(name)}</th><td>{escape(str(value))}</td></tr>"


def _day(ctx: Ctx, text: str) -> str:
    return datetime.fromisoformat(text).astimezone(ctx.workspace.zone).strftime("%Y-%m-%d %H:%M")


def _object(ctx: Ctx, key: str) -> str:
    obj = get_schema(ctx).find(key)
    return obj.label.in_(ctx.locale) if obj else key
