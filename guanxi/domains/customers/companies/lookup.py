"""Looking a firm up by name or credit code, and what of it would fill or contradict a record.

*How it works*: a code is decoded locally, always and without a provider. The providers whose keys the
settings hold are asked in their order; answers are kept for a day in the database's cache, per workspace,
for they cost money. `proposals` sets a found firm beside a draft: each field as new, same or in conflict;
nothing is overwritten here, the person chooses and saves through the write door.

*Rules*: a workspace may ask at most PER_MINUTE times a minute besides what the cache answers.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.cache import cache

from guanxi.domains.customers.companies import codes
from guanxi.domains.customers.companies.providers.base import Company, CompanyProvider, ProviderProblem
from guanxi.domains.customers.companies.providers.qichacha import Qichacha
from guanxi.domains.customers.companies.providers.tianyancha import Tianyancha
from guanxi.engine.access import rights
from guanxi.engine.records.query.compile import environment
from guanxi.engine.schema.field_types.base import Env, Refusal
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import TooMany, invalid
from guanxi.kit.text import Text

KEPT_SECONDS = 86_400
PER_MINUTE = 30
SHORTEST = 2
LONGEST = 100
TOO_SHORT = Text("请输入 {min} 到 {max} 个字的企业名称或统一社会信用代码。",
                 "Give a company's name of {min} to {max} characters, or its credit code.")  # fmt: skip
_CAPITAL = re.compile(r"^\s*([0-9][0-9,]*(?:\.[0-9]+)?)\s*(亿|万)?\s*(?:元)?\s*(人民币)?")
_SCALE = {"亿": 100_000_000, "万": 10_000, None: 1}


def providers() -> list[CompanyProvider]:
    """The services whose keys are set, in the order they are asked."""
    found: list[CompanyProvider] = []
    keys = settings.GUANXI_COMPANY_LOOKUP
    if keys["tianyancha_token"]:
        found.append(Tianyancha(keys["tianyancha_token"], **_base(keys["tianyancha_url"])))
    if keys["qichacha_key"] and keys["qichacha_secret"]:
        found.append(Qichacha(keys["qichacha_key"], keys["qichacha_secret"], **_base(keys["qichacha_url"])))
    return found


def _base(url: str) -> dict[str, str]:
    return {"base_url": url} if url else {}


def look_up(ctx: Ctx, text: str) -> dict[str, Any]:
    """`{"code": decoded | None, "companies": [{…, "provider"}], "providers": [key], "problems": [message]}`.

    A service that fails is told in `problems`; the next one is asked. Raises Invalid, TooMany.
    """
    wanted = " ".join(text.split())
    if not SHORTEST <= len(wanted) <= LONGEST:
        raise invalid("q", "bad_length", TOO_SHORT, min=SHORTEST, max=LONGEST)
    decoded = codes.decode(wanted) if codes.looks_like_code(wanted) else None
    companies: list[dict[str, Any]] = []
    problems: list[str] = []
    asked = providers()
    if decoded is None or decoded["valid"]:
        for provider in asked:
            try:
                found = _answers(
                    ctx, provider, decoded["code"] if decoded else wanted, exact=decoded is not None
                )
            except ProviderProblem as problem:
                problems.append(problem.message(ctx.locale))
                continue
            if found:
                companies = [company.as_json() | {"provider": provider.key} for company in found]
                break
    return {
        "code": _shown(decoded),
        "companies": companies,
        "providers": [p.key for p in asked],
        "problems": problems,
    }


def _answers(ctx: Ctx, provider: CompanyProvider, text: str, *, exact: bool) -> list[Company]:
    digest = hashlib.sha256(text.encode()).hexdigest()[:32]
    key = f"company-lookup:{ctx.workspace.id}:{provider.key}:{exact}:{digest}"
    kept = cache.get(key)
    if kept is not None:
        return [Company(**row) for row in kept]
    _count(ctx)
    if exact:
        one = provider.detail(text)
        found = [one] if one else []
    else:
        found = provider.search(text)
    cache.set(key, [company.as_json() for company in found], KEPT_SECONDS)
    return found


def _count(ctx: Ctx) -> None:
    key = f"company-lookup-rate:{ctx.workspace.id}:{int(ctx.now.timestamp()) // 60}"
    cache.add(key, 0, 120)
    if cache.incr(key) > PER_MINUTE:
        raise TooMany(extra={"retry_after": 60 - int(ctx.now.timestamp()) % 60})


def _shown(decoded: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if decoded is None:
        return None
    return {key: value.as_dict() if isinstance(value, Text) else value for key, value in decoded.items()}


_FIELDS: dict[str, Callable[[Company], str]] = {
    "name": lambda c: c.name,
    "tax_number": lambda c: c.code,
    "legal_representative": lambda c: c.representative,
    "registered_capital": lambda c: _yuan(c.capital),
    "founded_date": lambda c: c.founded,
    "region": lambda c: c.address or c.region,
    "phone": lambda c: c.phone,
    "email": lambda c: c.email,
    "website": lambda c: c.website,
    "description": lambda c: c.scope,
}


def proposals(ctx: Ctx, company: Mapping[str, Any], current: Mapping[str, Any]) -> list[dict[str, Any]]:
    """`[{"field", "value", "current", "state": "new"|"same"|"conflict"}]` of a found firm beside a record.

    `current` are the record's values as the API shows them. Only fields the actor may write are proposed,
    and only values their types accept.
    """
    obj = rights.get_object(ctx, "customer")
    known = {
        key: value for key, value in company.items() if key in Company.__slots__ and isinstance(value, str)
    }
    found = Company(**known)
    env = environment(ctx)
    rows = []
    for key, value_of in _FIELDS.items():
        f = rights.readable(ctx, obj).get(key)
        if f is None or not rights.is_writable(ctx, f) or not value_of(found):
            continue
        try:
            value = f.type.parse(value_of(found), f, env)
        except Refusal:
            continue
        shown = f.type.to_api(value, f, from_json=False)
        old = current.get(key)
        state = "new" if old in (None, "", []) else "same" if _is_same(f, old, value, env) else "conflict"
        rows.append({"field": key, "value": shown, "current": old, "state": state})
    return rows


def _is_same(f: Any, old: Any, value: Any, env: Env) -> bool:
    try:
        return bool(f.type.parse(old, f, env) == value)
    except Refusal:
        return False


def _yuan(text: str) -> str:
    """`1000万人民币` as 10000000; other currencies are left to the person."""
    match = _CAPITAL.match(text)
    if not match or (not match.group(3) and not text.rstrip().endswith(("元", "万", "亿"))):
        return ""
    number = float(match.group(1).replace(",", "")) * _SCALE[match.group(2)]
    return f"{number:.2f}"
