"""A small firm in a running product, made by commands and the API, and the people who sign in to it."""

import re
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.product import Product, guanxi

PASSWORD = "a-long-password-of-ours"
PEOPLE = {
    "admin": ("Wang Min", "admin"),
    "member": ("Mei Lin", "member"),
    "reader": ("Rui Ou", "read_only"),
}
CHINESE = [
    "中山市宏图自动化科技有限公司",
    "佛山顺德海川电器有限公司",
    "东莞恒力五金制品厂",
    "广州云帆物流有限公司",
]


@dataclass
class Firm:
    product: Product
    token: str
    ids: dict[str, str] = field(default_factory=dict)
    states: dict[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.product.url

    @staticmethod
    def email(who: str) -> str:
        return f"{who}@sunrise.example"

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The API with the administrator's token."""
        answer = httpx.request(
            method, f"{self.url}/api/v1{path}", json=body, timeout=60,
            headers={"Authorization": f"Bearer {self.token}", **headers},
        )  # fmt: skip
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text[:400]}"
        return answer.json() if answer.content else None

    def make(self, object_: str, **values: Any) -> dict[str, Any]:
        made: dict[str, Any] = self.call("POST", f"/{object_}", values)
        return made

    def state(self, who: str) -> Any:
        """The cookies of somebody who has signed in."""
        if who not in self.states:
            self.states[who] = signed_in(self.url, self.email(who))
        return self.states[who]


def make_firm(product: Product) -> Firm:
    made = guanxi(
        product.home, "init", "--workspace", "Sunrise Trading", "--email", Firm.email("admin"),
        "--password", PASSWORD, "--name", PEOPLE["admin"][0], "--locale", "en",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    told = guanxi(product.home, "token", "create", "--user", Firm.email("admin"), "--name", "tests")
    token = re.search(r"gx_\S+", told.stdout)
    assert token is not None, told.stdout + told.stderr
    firm = Firm(product, token[0])
    firm.ids["admin"] = firm.call("GET", "/members")["data"][0]["id"]
    for who in ("member", "reader"):
        name, role = PEOPLE[who]
        asked = firm.call("POST", "/members/invite", {"email": firm.email(who), "name": name, "role": role})
        firm.ids[who] = asked["id"]
        accept(firm.url, asked["invite_url"].rsplit("/", 1)[1], name)
    _fill(firm)
    return firm


def accept(url: str, token: str, name: str) -> None:
    answer = httpx.post(
        f"{url}/api/v1/invitations/{token}", json={"name": name, "password": PASSWORD},
        headers={"Accept-Language": "en"}, timeout=60,
    )  # fmt: skip
    assert answer.is_success, answer.text


def signed_in(url: str, email: str, **new: str) -> Any:
    """The cookies of somebody who has signed in, or up: with `name` and `workspace_name`."""
    with httpx.Client(base_url=url, timeout=60) as client:
        client.get("/_allauth/browser/v1/config")
        answer = client.post(
            f"/_allauth/browser/v1/auth/{'signup' if new else 'login'}",
            json={"email": email, "password": PASSWORD, **new},
            headers={"X-CSRFToken": client.cookies["csrftoken"], "Referer": url},
        )  # fmt: skip
        assert answer.is_success, answer.text
        cookies = [
            {
                "name": cookie.name, "value": cookie.value or "", "domain": "127.0.0.1", "path": "/",
                "expires": -1, "httpOnly": cookie.name != "csrftoken", "secure": False, "sameSite": "Lax",
            }
            for cookie in client.cookies.jar
        ]  # fmt: skip
    return {"cookies": cookies, "origins": []}


def _fill(firm: Firm) -> None:
    kinds = ["business", "consumer"]
    customers = [{"name": name, "phone": f"138000000{i:02}"} for i, name in enumerate(CHINESE)]
    customers += [
        {
            "name": f"Harbour {number:02} Limited",
            "kind": kinds[number % 2],
            "tags": ["trial"] if number % 4 == 0 else [],
        }
        for number in range(40)
    ]
    firm.call("POST", "/customer/bulk", {"op": "create", "records": customers})
    found = firm.call("GET", "/customer?limit=200&fields=name&sort=name")["data"]
    stages = [
        stage
        for stage in firm.call("GET", "/pipelines?object=opportunity")["data"][0]["stages"]
        if stage["kind"] == "open"
    ]
    deals = [
        {"name": f"Deal {number:02}", "customer": found[number]["id"], "amount": 1000 * number, "stage": stages[number % 3]["key"]}
        for number in range(24)
    ]  # fmt: skip
    firm.call("POST", "/opportunity/bulk", {"op": "create", "records": deals})
    for number in range(3):
        firm.make("task", subject=f"Call back {number}", customer=found[number]["id"])
        firm.make("note", body=f"They asked about delivery {number}", customer=found[number]["id"])
