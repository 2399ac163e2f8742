"""A file is what its name says, or it is not taken."""

import json
from pathlib import Path

import pytest

from guanxi.engine.records.models import StoredFile
from guanxi.engine.tenancy.context import session
from tests.engine.records.test_files import HTML, PDF, PNG, store, upload
from tests.firms import Firm

__all__ = ["store"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "content, name",
    [(HTML, "照片.png"), (PDF, "发票.JPG"), (PNG, "合同.pdf"), (HTML, "报价.docx"), (b"MZ\x90", "a.pdf")],
)
@pytest.mark.asvs("5.2.2")
def test_a_file_that_is_not_what_its_name_says_is_refused(
    firm: Firm, store: Path, content: bytes, name: str
) -> None:
    answer = upload(firm.door(), content, name)
    assert answer.status_code == 422
    assert json.loads(answer.content)["errors"][0]["code"] == "file_type_mismatch"
    with session(firm.workspace.id):
        assert not StoredFile.objects.exists()
    assert not [path for path in store.rglob("*") if path.is_file()]


def test_old_office_names_promise_nothing(firm: Firm, store: Path) -> None:
    assert upload(firm.door(), b"<table><tr><td>1</td></tr></table>", "导出.xls").status_code == 201
