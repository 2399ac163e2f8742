"""天眼查: search 2.0 and company basics, as its open platform publishes them.

`GET {base}/services/open/search/2.0?word=&pageSize=&pageNum=` and
`GET {base}/services/open/ic/baseinfo/normal?keyword=`, the token in `Authorization`; the answer is
`{"error_code", "reason", "result"}`, 0 for success and 300000 for nothing found. Times are milliseconds
since 1970 (Beijing). Source: open.tianyancha.com, interface documents 816 and 1116.
"""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.domains.customers.companies.providers.base import (
    REFUSED,
    Company,
    ProviderProblem,
    get_json,
    text_of,
)
from guanxi.kit.text import Text

BASE_URL = "https://open.api.tianyancha.com"
_NOTHING = 300000
_BEIJING = ZoneInfo("Asia/Shanghai")
_EM = re.compile(r"</?em>")


class Tianyancha:
    """天眼查 open platform."""

    key = "tianyancha"
    label = Text("天眼查", "Tianyancha")

    def __init__(self, token: str, base_url: str = BASE_URL) -> None:
        self._headers = {"Authorization": token}
        self._base = base_url.rstrip("/")

    def search(self, text: str) -> list[Company]:
        """Firms by name."""
        found = self._get("/services/open/search/2.0", {"word": text, "pageSize": "10", "pageNum": "1"})
        items = found.get("items") if isinstance(found, dict) else None
        return [self._company(item) for item in items[:10]] if isinstance(items, list) else []

    def detail(self, name_or_code: str) -> Company | None:
        """One firm's basics."""
        found = self._get("/services/open/ic/baseinfo/normal", {"keyword": name_or_code})
        return self._company(found) if isinstance(found, dict) and found.get("name") else None

    def _get(self, path: str, params: dict[str, str]) -> Any:
        answer = get_json(self, self._base + path, params=params, headers=self._headers)
        code = answer.get("error_code")
        if code == _NOTHING:
            return None
        if code != 0:
            raise ProviderProblem(
                REFUSED, provider=self.label.zh, reason=str(answer.get("reason") or code)[:200]
            )
        return answer.get("result")

    def _company(self, row: Any) -> Company:
        return Company(
            name=_EM.sub("", text_of(row, "name")),
            code=text_of(row, "creditCode"),
            representative=text_of(row, "legalPersonName"),
            status=text_of(row, "regStatus"),
            founded=_day(row.get("estiblishTime") if isinstance(row, dict) else None),
            capital=text_of(row, "regCapital"),
            region=text_of(row, "district", "city", "base"),
            address=text_of(row, "regLocation"),
            industry=text_of(row, "industry"),
            phone=text_of(row, "phoneNumber"),
            email=text_of(row, "email"),
            website=text_of(row, "websiteList"),
            scope=text_of(row, "businessScope"),
        )


def _day(value: Any) -> str:
    """Milliseconds, or text that begins with the day (search answers so)."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return datetime.fromtimestamp(value / 1000, _BEIJING).date().isoformat()
    return value[:10] if isinstance(value, str) else ""
