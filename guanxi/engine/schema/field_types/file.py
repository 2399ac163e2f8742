"""`file`: one attached file."""

import uuid
from typing import Any

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal
from guanxi.engine.schema.field_types.files import FILES_LOST, NO_CELL, NO_FILE
from guanxi.engine.schema.field_types.link import parse_reference
from guanxi.engine.schema.field_types.operators import EMPTY_ONLY
from guanxi.kit.text import Text


class FileFieldType(FieldType):
    """The id of an uploaded file. Whether it exists is asked by the store."""

    type = "file"
    label = Text("单个文件", "File")
    doc = Text("一个上传的文件。", "One uploaded file.")
    column_type = "uuid"
    json_cast = "uuid"
    operators = EMPTY_ONLY
    sortable = False
    groupable = False
    measures = frozenset()
    references = "file"
    lost_as_text = FILES_LOST
    no_text = NO_FILE

    def parse(self, value: Any, field: FieldDef, env: Env) -> uuid.UUID | None:
        """The id or `{"id"}`."""
        return parse_reference(value)

    def dump(self, value: Any, field: FieldDef) -> Any:
        """The id as text."""
        return None if value is None else str(value)

    def load(self, stored: Any, field: FieldDef) -> uuid.UUID | None:
        """The id."""
        return None if stored is None else uuid.UUID(str(stored))

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """The file's name."""
        return str(value.get("name") or "") if isinstance(value, dict) else ""

    def search_text(self, value: Any, field: FieldDef) -> str:
        """Nothing: the id says nothing to a reader."""
        return ""

    def read_cell(self, text: str, field: FieldDef, env: Env) -> Any:
        """Refused: a name in a sheet is no file."""
        raise Refusal("not_importable", NO_CELL)
