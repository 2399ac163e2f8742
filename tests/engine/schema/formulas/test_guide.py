"""The table of functions in the guide is the one of the registry."""

import pytest

from guanxi.engine.schema.formulas.functions.table import function_table
from tests.recorded import IS_RECORDING, ROOT

MARK = "<!-- functions: written by tests/engine/schema/formulas/test_guide.py -->\n"


@pytest.mark.parametrize(("folder", "locale"), [("zh", "zh-CN"), ("en", "en")])
def test_the_guide_lists_every_function(folder: str, locale: str) -> None:
    file = ROOT / "docs/guide" / folder / "formulas.md"
    before, mark, _ = file.read_text("utf-8").partition(MARK)
    assert mark
    wanted = before + MARK + "\n" + function_table(locale)
    if IS_RECORDING:
        file.write_text(wanted, encoding="utf-8")
    assert file.read_text("utf-8") == wanted, "RECORD_ANSWERS=1 writes it anew"
