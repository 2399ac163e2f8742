"""The main job on real input: a firm's spreadsheets become customers, people and a funnel that adds up."""

import pytest

from tests.engine.transfer.data import data_folder
from tests.engine.transfer.desk import Desk

ALL = {"create_options": True, "create_links": True, "create_members": True}


@pytest.mark.realdata
def test_a_firms_spreadsheets_become_its_funnel(desk: Desk) -> None:
    folder = data_folder("crm_sales")

    teams = desk.load("member", folder / "sales_teams.csv", "sales_teams.csv", options=ALL)
    assert teams["counts"]["created"] == 35, teams
    accounts = desk.draft("customer", folder / "accounts.csv", "accounts.csv")
    mapped = {accounts["columns"][int(i)]["header"]: field for i, field in accounts["mapping"].items()}
    assert mapped == {
        "account": "name", "sector": "industry", "year_established": "founded", "revenue": "annual_revenue",
        "employees": "employees", "office_location": "region", "subsidiary_of": "parent",
    }  # fmt: skip
    assert {item["value"] for item in desk.preview(accounts)["blocked"]["options"]} >= {"technolgy"}
    accounts = desk.run(desk.change(accounts["id"], options=ALL))
    assert accounts["counts"]["created"] == 85, (accounts, desk.rows(accounts)[:3])
    products = desk.load("product", folder / "products.csv", "products.csv", options=ALL)
    assert products["counts"]["created"] == 7, (products, desk.rows(products)[:3])

    draft = desk.draft("opportunity", folder / "sales_pipeline.csv", "sales_pipeline.csv")
    mapped = {draft["columns"][int(i)]["header"]: field for i, field in draft["mapping"].items()}
    assert mapped == {
        "opportunity_id": "number", "sales_agent": "owner", "product": "product", "account": "customer",
        "deal_stage": "stage", "engage_date": "start_date", "close_date": "close_date", "close_value": "amount",
    }  # fmt: skip
    draft = desk.change(
        draft["id"], options={"title": "{product} {account}", "mode": "upsert", "key": ["number"]}
    )
    blocked = desk.preview(draft)["blocked"]
    assert [(link["value"], link["similar"]) for link in blocked["links"]] == [("GTXPro", "GTX Pro")]
    assert [option["value"] for option in blocked["options"]] == ["Engaging", "Prospecting"]
    deals = desk.run(desk.change(draft["id"], options=ALL))
    assert deals["status"] == "done", deals
    assert deals["counts"] == {"created": 8800, "updated": 0, "refused": 0, "unchanged": 0, "fixed": 0}, (
        desk.rows(deals)[:3]
    )

    funnel = desk.door.post(
        "/opportunity/query",
        {"group": ["stage"], "measures": [{"op": "count"}, {"op": "sum", "field": "amount"}]},
    ).data["data"]
    by_stage = {row["labels"]["stage"]["en"]: row["values"] for row in funnel}
    assert by_stage["Won"] == {"count": 4238, "sum_amount": 10005534}
    assert {name: values["count"] for name, values in by_stage.items()} == {
        "Won": 4238, "Lost": 2473, "Engaging": 1589, "Prospecting": 500,
    }  # fmt: skip
    tree = {"field": "number", "op": "is", "value": "1C1I7A6R"}
    [(name, owner, customer)] = desk.records("opportunity", "name,owner,customer", filter=tree)
    assert (name, owner["name"], customer["title"]) == ("GTX Plus Basic Cancity", "Moses Frase", "Cancity")
    tree = {"field": "name", "op": "is", "value": "Bluth Company"}
    [(_, parent)] = desk.records("customer", "name,parent", filter=tree)
    assert parent["title"] == "Acme Corporation"

    again = desk.load(
        "opportunity",
        folder / "sales_pipeline.csv",
        options={**ALL, "title": "{product} {account}", "mode": "upsert", "key": ["number"]},
    )
    assert again["counts"]["unchanged"] == 8800, again["counts"]
    undone = desk.door.post(f"/imports/{deals['id']}/undo")
    assert undone.status_code == 200, undone.data
