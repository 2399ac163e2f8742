"""Bodies with a declared shape complain as records do: every field by its path, in the caller's language."""

from typing import Any

import pytest

from tests.firms import Door, Firm

pytestmark = pytest.mark.django_db

CASES: list[tuple[str, str, Any, dict[str, tuple[str, str]]]] = [
    ("POST", "/teams", {}, {"name": ("必填。", "Required.")}),
    ("POST", "/teams", {"name": 5, "parent": "x", "zz": 1},
     {"name": ("这里需要文字。", "Text is needed here."),
      "parent": ("这里需要一个 id。", "An id is needed here."),
      "zz": ("没有这一项。", "There is no such setting.")}),
    ("POST", "/members/invite", {"name": "", "email": "nobody", "role": "king"},
     {"name": ("必填。", "Required."),
      "email": ("这不是邮箱地址。", "This is not an e-mail address."),
      "role": ("只能是 admin, manager, member, read_only, limited。",
               "It must be one of admin, manager, member, read_only, limited.")}),
    ("GET", "/members?limit=999", None, {"limit": ("不能大于 200。", "It must be at most 200.")}),
    ("GET", "/members?limit=many", None, {"limit": ("这里需要整数。", "A whole number is needed here.")}),
    ("POST", "/views", {"object": "customer", "name": {"zh-CN": ""}, "kind": "table", "definition": {}},
     {"name.zh-CN": ("必填。", "Required.")}),
    ("POST", "/views", {"object": "customer", "name": {"fr": "x"}, "kind": "table", "definition": {}},
     {"name": ("名称用 zh-CN 和 en 两种语言给出。", "A name has the languages zh-CN and en.")}),
    ("POST", "/notifications/read", {},
     {"": ("ids 和 all 请给其中一个。", "Give either ids or all.")}),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body", "wanted"), CASES)
def test_what_is_wrong_is_told_by_its_path_in_both_languages(
    firm: Firm, method: str, path: str, body: Any, wanted: dict[str, tuple[str, str]]
) -> None:
    for place, language in enumerate(("zh-CN", "en")):
        answer = Door(firm.token(), language=language).call(method, path, body)
        assert answer.status_code == 422, answer.data
        assert {e["field"]: e["message"] for e in answer.data["errors"]} == {
            field: sentences[place] for field, sentences in wanted.items()
        }


def test_a_field_that_is_called_body_keeps_its_name(firm: Firm) -> None:
    customer = Door(firm.token()).post("/customer", {"name": "华艺"}).data["id"]
    answer = Door(firm.token()).post(f"/remarks/customer/{customer}", {"body": 5})
    assert [e["field"] for e in answer.data["errors"]] == ["body"]
