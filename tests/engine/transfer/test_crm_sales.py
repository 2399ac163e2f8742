"""The main job on real input: a firm's spreadsheets become customers, people and a funnel that adds up."""

from typing import Any

import pytest

from tests.engine.transfer.data import data_folder
from tests.engine.transfer.desk import Desk

ALL = {"create_options": True, "create_links": True, "create_members": True}


def forecast_figures(desk: Desk) -> None:
    """What the forecast page asks: win rate, days to close, won by quarter, equal to what was measured of this data."""

    def asked(*group: Any, **given: Any) -> list[Any]:
        body = {"group": list(group), **given}
        rows: list[Any] = desk.door.post("/opportunity/query", body).data["data"]
        return rows

    days = {"op": "avg", "field": "cycle_days", "as": "days"}
    closed = {"field": "status", "op": "in", "value": ["won", "lost"]}
    found = {
        r["keys"]["status"]: r["values"]
        for r in asked("status", filter=closed, measures=[{"op": "count"}, days])
    }
    assert (found["won"]["count"], found["lost"]["count"]) == (4238, 2473)
    assert round(found["won"]["count"] / (found["won"]["count"] + found["lost"]["count"]), 4) == 0.6315
    assert (round(found["won"]["days"], 2), round(found["lost"]["days"], 2)) == (51.78, 41.48)
    won = {"field": "status", "op": "is", "value": "won"}
    quarters = asked(
        {"field": "close_date", "bucket": "quarter"},
        filter=won,
        measures=[{"op": "sum", "field": "amount", "as": "sum"}],
    )
    assert [(r["keys"]["close_date"], r["values"]["sum"]) for r in quarters] == [
        ("2017-01-01", 1134672), ("2017-04-01", 3086111), ("2017-07-01", 2982255), ("2017-10-01", 2802496),
    ]  # fmt: skip
    open_deals = {"field": "status", "op": "is", "value": "open"}
    rows = asked("forecast_category", filter=open_deals, measures=[{"op": "count"}])
    assert {r["keys"]["forecast_category"]: r["values"]["count"] for r in rows} == {"pipeline": 2089}
    stages = {r["stage"]: r for r in desk.door.get("/deals/velocity?days=3650").data["stages"]}
    assert {key: (row["standing"], row["left"]) for key, row in stages.items()} == {
        "prospecting": (500, 0), "engaging": (1589, 0),
    }  # fmt: skip


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
    forecast_figures(desk)
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
