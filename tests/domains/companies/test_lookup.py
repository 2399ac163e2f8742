"""Looking companies up: codes by themselves, services by the protocols they publish (served on loopback)."""

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache

from guanxi.domains.customers.companies.lookup import PER_MINUTE
from guanxi.engine.tenancy.context import Role
from tests.firms import Firm

CODE = "914403001922038216"  # Huawei's, as it stands on its invoices
TOKEN, KEY, SECRET = "token-1", "key-1", "secret-1"


class Services(BaseHTTPRequestHandler):
    """Both services' published interfaces; `asked` counts, `failing` makes the first one refuse."""

    asked: list[str] = []  # noqa: RUF012 - one server a test
    failing = False

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        self.asked.append(parts.path)
        body = (
            self._tianyancha(parts.path, query)
            if parts.path.startswith("/services")
            else self._qichacha(parts.path, query)
        )
        content = json.dumps(body, ensure_ascii=False).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(content)

    def _tianyancha(self, path: str, query: dict[str, str]) -> dict[str, Any]:
        if self.headers["Authorization"] != TOKEN or self.failing:
            return {"error_code": 300002, "reason": "账号失效", "result": None}
        if path.endswith("/search/2.0"):
            if query["word"] == "没有这家":
                return {"error_code": 300000, "reason": "无数据", "result": None}
            row = {"name": "<em>华为</em>技术有限公司", "creditCode": CODE, "legalPersonName": "赵明路",
                   "estiblishTime": "1987-09-15 00:00:00.0", "regStatus": "存续", "regCapital": "4104113.182万人民币"}  # fmt: skip
            return {"error_code": 0, "reason": "ok", "result": {"total": 1, "items": [row]}}
        row = {"name": "华为技术有限公司", "creditCode": CODE, "legalPersonName": "赵明路", "estiblishTime": 558633600000,
               "regCapital": "4104113.182万人民币", "regLocation": "深圳市龙岗区坂田华为总部办公楼", "phoneNumber": "0755-28780808"}  # fmt: skip
        return {"error_code": 0, "reason": "ok", "result": row}

    def _qichacha(self, path: str, query: dict[str, str]) -> dict[str, Any]:
        signed = hashlib.md5((KEY + self.headers["Timespan"] + SECRET).encode()).hexdigest().upper()
        if query.get("key") != KEY or self.headers["Token"] != signed:
            return {"Status": "101", "Message": "当前的KEY无效"}
        row = {
            "Name": "华为技术有限公司",
            "CreditCode": CODE,
            "OperName": "赵明路",
            "StartDate": "1987-09-15 00:00:00",
        }
        return {"Status": "200", "Message": "查询成功", "Result": [row] if "Fuzzy" in path else row}

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def services(settings: Any) -> Iterator[type[Services]]:
    cache.clear()
    handler = type("Handler", (Services,), {"asked": [], "failing": False})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    settings.GUANXI_OUTGOING_ALLOW = ("127.0.0.0/8",)
    settings.GUANXI_COMPANY_LOOKUP = {
        "tianyancha_token": TOKEN, "tianyancha_url": url, "qichacha_key": "", "qichacha_secret": "", "qichacha_url": url,
    }  # fmt: skip
    yield handler
    server.shutdown()


def test_a_code_is_decoded_without_any_service(firm: Firm) -> None:
    data = firm.door().get(f"/companies/lookup?q={CODE}").data
    assert data["providers"] == []
    assert data["code"]["valid"] is True
    assert data["code"]["region"] == "广东省深圳市"
    assert data["code"]["kind"]["zh-CN"] == "企业"
    wrong = firm.door().get(f"/companies/lookup?q={CODE[:-1]}7").data
    assert wrong["code"]["valid"] is False


def test_a_name_is_searched_and_the_answer_kept(firm: Firm, services: type[Services]) -> None:
    door = firm.door()
    for _ in range(2):
        data = door.get("/companies/lookup?q=华为").data
        assert data["companies"][0]["name"] == "华为技术有限公司"
        assert data["companies"][0]["founded"] == "1987-09-15"
    assert len(services.asked) == 1
    assert door.get("/companies/lookup?q=没有这家").data["companies"] == []


def test_another_firm_does_not_get_what_this_one_paid_for(
    firm: Firm, other_firm: Firm, services: type[Services]
) -> None:
    firm.door().get("/companies/lookup?q=华为")
    other_firm.door().get("/companies/lookup?q=华为")
    assert len(services.asked) == 2


def test_when_one_service_refuses_the_next_is_asked(
    firm: Firm, services: type[Services], settings: Any
) -> None:
    services.failing = True
    settings.GUANXI_COMPANY_LOOKUP |= {"qichacha_key": KEY, "qichacha_secret": SECRET}
    data = firm.door().get(f"/companies/lookup?q={CODE}").data
    assert "账号失效" in data["problems"][0]
    assert data["companies"][0]["provider"] == "qichacha"
    assert data["companies"][0]["founded"] == "1987-09-15"


def test_a_service_that_is_away_is_told_in_words(firm: Firm, services: type[Services], settings: Any) -> None:
    settings.GUANXI_COMPANY_LOOKUP |= {"tianyancha_url": "http://127.0.0.1:9"}
    data = firm.door().get("/companies/lookup?q=华为").data
    assert data["companies"] == []
    assert len(data["problems"]) == 1


def test_queries_a_minute_are_limited(firm: Firm, services: type[Services]) -> None:
    door = firm.door()
    codes = [door.get(f"/companies/lookup?q=华为{i}").status_code for i in range(PER_MINUTE + 1)]
    assert codes.count(429) >= 1 or len(services.asked) <= PER_MINUTE + 1  # the minute may turn meanwhile
    assert len(services.asked) <= 2 * PER_MINUTE


def test_what_a_company_would_change_is_told_before_it_does(firm: Firm, services: type[Services]) -> None:
    door = firm.door()
    company = door.get(f"/companies/lookup?q={CODE}").data["companies"][0]
    current = {"name": "华为技术有限公司", "legal_representative": "任正非", "tax_number": None}
    rows = door.post("/companies/compare", {"company": company, "current": current}).data["data"]
    states = {row["field"]: row["state"] for row in rows}
    assert states["name"] == "same"
    assert states["legal_representative"] == "conflict"
    assert states["tax_number"] == "new"
    by_field = {row["field"]: row["value"] for row in rows}
    assert by_field["registered_capital"] in (41041131820, "41041131820.00", 41041131820.0)
    assert by_field["region"]["city"] == "深圳市"


def test_read_only_people_do_not_spend_queries(firm: Firm, services: type[Services]) -> None:
    assert firm.door(firm.add("周敏", Role.READ_ONLY)).get("/companies/lookup?q=华为").status_code == 403
    assert firm.door().get("/companies/lookup?q=华").status_code == 422
