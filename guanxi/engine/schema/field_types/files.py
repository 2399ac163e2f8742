"""`files`: attached files."""

import uuid
from typing import Any, ClassVar

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal
from guanxi.engine.schema.field_types.link import parse_reference
from guanxi.engine.schema.field_types.many_values import jsonb, parse_list
from guanxi.engine.schema.field_types.operators import EMPTY_ONLY
from guanxi.kit.text import Text

NO_CELL = Text(
    "文件不能从表格导入，请在记录上上传。", "Files do not come from a sheet. Upload them on the record."
)

FILES_LOST = Text(
    "只留下文件名。文件从记录上取下，90 天内可以撤回，之后删除。",
    "Only names remain. The files leave their records; this can be taken back for 90 days, then they are deleted.",
)
NO_FILE = Text(
    "文件要上传，文字变不成文件。可以新建一个附件字段。",
    "A file is uploaded; text cannot become one. Add a field for files instead.",
)


class FilesFieldType(FieldType):
    """The ids of up to 50 uploaded files, in order. Whether they exist is asked by the store."""

    type = "files"
    label = Text("附件", "Files")
    doc = Text("上传的文件，最多 50 个。", "Uploaded files, 50 at most.")
    column_type = "jsonb"
    as_json_value = True
    operators = EMPTY_ONLY
    sortable = False
    groupable = False
    measures = frozenset()
    references = "file"
    refers_to_many = True
    lost_as_text = FILES_LOST
    no_text = NO_FILE
    max_items: ClassVar[int] = 50

    def parse(self, value: Any, field: FieldDef, env: Env) -> list[uuid.UUID] | None:
        """A list of ids or `{"id"}`, each once."""
        return parse_list(value, parse_reference, self.max_items)

    def dump(self, value: Any, field: FieldDef) -> Any:
        """The ids as text."""
        return None if value is None else [str(item) for item in value]

    def load(self, stored: Any, field: FieldDef) -> list[uuid.UUID] | None:
        """The ids."""
        return None if stored is None else [uuid.UUID(str(item)) for item in stored]

    def column_value(self, value: Any, field: FieldDef) -> Any:
        """A JSONB parameter."""
        return jsonb(self.dump(value, field))

    def format(self, value: Any, field: FieldDef, env: Env) -> str:
        """The files' names."""
        return ", ".join(str(item.get("name") or "") for item in value or () if isinstance(item, dict))

    def search_text(self, value: Any, field: FieldDef) -> str:
        """Nothing: the ids say nothing to a reader."""
        return ""

    def read_cell(self, text: str, field: FieldDef, env: Env) -> Any:
        """Refused: a name in a sheet is no file."""
        raise Refusal("not_importable", NO_CELL)
