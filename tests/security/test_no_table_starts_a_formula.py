"""No table of ours starts a formula in somebody's spreadsheet."""

from tests.firms import Firm


def test_the_audit_as_a_table_starts_no_formula(firm: Firm) -> None:
    door = firm.door()
    for start in "=＝+＋-－@＠":
        door.patch("/me", {"name": f"{start}1+1"})
        assert door.post("/customer", {"name": "珠江电器"}).status_code == 201
        assert door.patch("/workspace", {"name": f"中山 {start}"}).status_code == 200
    cells = [
        cell
        for line in door.get("/audit/export?format=csv").content.decode().splitlines()
        for cell in line.split(",")
    ]
    names = [cell for cell in cells if cell.endswith("1+1")]
    assert names and all(cell.startswith("'") for cell in names), names
