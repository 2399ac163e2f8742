"""The OpenAPI document: recorded, and telling of a workspace's own objects and fields."""

import pytest

from tests.firms import Firm
from tests.recorded import assert_recorded


def test_the_document_of_a_new_workspace_is_the_recorded_one(firm: Firm) -> None:
    document = firm.door().get("/openapi.json").data
    assert document["openapi"].startswith("3.1")
    assert_recorded("docs/reference/openapi.json", document)


def test_custom_fields_and_objects_stand_in_the_document_at_once(firm: Firm) -> None:
    door = firm.door()
    made = door.post("/meta/objects", {"key": "equipment", "label": {"zh-CN": "设备", "en": "Equipment"}})
    assert made.status_code == 201, made.data
    added = door.post(
        "/meta/objects/equipment/fields", {"key": "warranty_end", "type": "date", "label": "Warranty"}
    )
    assert added.status_code == 201, added.data
    document = door.get("/openapi.json").data
    assert "/api/v1/equipment/{id}" in document["paths"]
    assert "warranty_end" in document["components"]["schemas"]["EquipmentCreate"]["properties"]


@pytest.mark.asvs("13.4.5")
def test_the_document_is_only_for_people_of_the_workspace(firm: Firm) -> None:
    door = firm.door()
    door.client.logout()
    assert door.get("/openapi.json").status_code == 401


@pytest.mark.asvs("13.4.5")
def test_the_documentation_page_and_its_scripts_come_from_this_server(firm: Firm) -> None:
    door = firm.door()
    page = door.get("/docs")
    assert b"http" not in page.content.replace(b"http-equiv", b"")
    for name in ("swagger-ui.css", "swagger-ui-bundle.js", "start.js"):
        assert name.encode() in page.content
        assert door.get(f"/docs/{name}").status_code == 200
    assert door.get("/docs/swagger-ui-init.js").status_code == 404


def test_administrators_see_the_health_of_the_installation_and_others_do_not(firm: Firm) -> None:
    checks = firm.door().get("/doctor").data["data"]
    assert {check["key"]: check["status"] for check in checks}["database"] == "ok"
    assert firm.door(firm.add("李雷")).get("/doctor").status_code == 403
