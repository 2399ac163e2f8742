"""企查查: fuzzy search and company basics, as its open platform publishes them.

`GET {base}/FuzzySearch/GetList?key=&searchKey=` and `GET {base}/ECIV4/GetBasicDetailsByName?key=&keyword=`
with the headers `Timespan` (Unix seconds) and `Token` (upper-case MD5 of key + Timespan + secret); the
answer is `{"Status", "Message", "Result"}`, "200" for success and "201" for nothing found.
Source: openapi.qcc.com, interfaces 886 and 410.
"""

import hashlib
import time
from typing import Any

from guanxi.domains.customers.companies.providers.base import (
    REFUSED,
    Company,
    ProviderProblem,
    get_json,
    text_of,
)
from guanxi.kit.text import Text

BASE_URL = "https://api.qichacha.com"
_FOUND, _NOTHING = "200", "201"


class Qichacha:
    """企查查 open platform."""

    key = "qichacha"
    label = Text("企查查", "Qichacha")

    def __init__(self, app_key: str, secret: str, base_url: str = BASE_URL) -> None:
        self._key, self._secret = app_key, secret
        self._base = base_url.rstrip("/")

    def search(self, text: str) -> list[Company]:
        """Firms by name."""
        rows = self._get("/FuzzySearch/GetList", {"searchKey": text})
        return [self._company(row) for row in rows[:10]] if isinstance(rows, list) else []

    def detail(self, name_or_code: str) -> Company | None:
        """One firm's basics."""
        row = self._get("/ECIV4/GetBasicDetailsByName", {"keyword": name_or_code})
        return self._company(row) if isinstance(row, dict) and row.get("Name") else None

    def _get(self, path: str, params: dict[str, str]) -> Any:
        moment = str(int(time.time()))
        signed = (
            hashlib.md5((self._key + moment + self._secret).encode(), usedforsecurity=False)
            .hexdigest()
            .upper()
        )
        headers = {"Token": signed, "Timespan": moment}
        answer = get_json(self, self._base + path, params={"key": self._key, **params}, headers=headers)
        status = str(answer.get("Status"))
        if status == _NOTHING:
            return None
        if status != _FOUND:
            reason = str(answer.get("Message") or status)[:200]
            raise ProviderProblem(REFUSED, provider=self.label.zh, reason=reason)
        return answer.get("Result")

    def _company(self, row: Any) -> Company:
        area = row.get("Area") if isinstance(row, dict) else None
        contact = row.get("ContactInfo") if isinstance(row, dict) else None
        return Company(
            name=text_of(row, "Name"),
            code=text_of(row, "CreditCode"),
            representative=text_of(row, "OperName"),
            status=text_of(row, "Status"),
            founded=text_of(row, "StartDate")[:10],
            capital=text_of(row, "RegistCapi"),
            region="".join(dict.fromkeys(text_of(area, key) for key in ("Province", "City", "County"))),
            address=text_of(row, "Address"),
            phone=text_of(contact, "PhoneNumber"),
            email=text_of(contact, "Email"),
            scope=text_of(row, "Scope"),
        )
