import pytest

from tests.engine.schema.field_types.declared import a_field, kept, parsed, refused

COMPANY = "91110000600037341L"
PERSON = "11010519491231002X"


@pytest.mark.parametrize(
    "text", [COMPANY, COMPANY.lower(), "91110000 6000 37341L", "９１１１００００６０００３７３４１Ｌ"]
)
def test_a_credit_code_however_written(text: str) -> None:
    assert parsed("tax_number", text) == COMPANY == kept("tax_number", COMPANY)


@pytest.mark.parametrize("position", range(18))
def test_a_wrong_character_is_noticed(position: int) -> None:
    wrong = COMPANY[:position] + ("2" if COMPANY[position] != "2" else "3") + COMPANY[position + 1 :]
    with refused("bad_tax_number"):
        parsed("tax_number", wrong)


def test_older_numbers_have_no_check_digit() -> None:
    assert parsed("tax_number", "440101123456789") == "440101123456789"
    assert parsed("tax_number", "44010119491231002X00") == "44010119491231002X00"
    for text in ("123", "4401011234567890", "4" * 19, "中" * 15):
        with refused("bad_tax_number"):
            parsed("tax_number", text)


def test_identity_cards_by_configuration() -> None:
    assert parsed("tax_number", PERSON.lower(), kind="id_card") == PERSON
    for text in ("110105194912310021", COMPANY, "110105491231002"):
        with refused("bad_id_card"):
            parsed("tax_number", text, kind="id_card")
    with refused("bad_config"):
        a_field("tax_number").type.check_config({"kind": "passport"})
