"""What goes in and out of `/imports` and `/exports`, as it stands in the OpenAPI document."""

import uuid
from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

Status = Literal["draft", "previewing", "queued", "running", "done", "failed", "undone"]


class Guess(Schema):
    """The field a column probably leads to."""

    field: str
    confidence: float


class ImportColumn(Schema):
    """A column of the file."""

    index: int
    header: str
    samples: list[str]
    guess: Guess | None


class LinkTarget(Schema):
    """A link field, and the field of the linked object that the cells name."""

    field: str
    link_by: str | None = None


class ImportOptions(Schema):
    """What an import does with rows that exist and with things that do not."""

    mode: Literal["create", "update", "upsert"] = "create"
    key: list[str] | None = None
    title: str | None = None
    duplicates: Literal["refuse", "allow"] = "refuse"
    create_fields: bool = False
    create_options: bool = False
    create_links: bool = False
    create_members: bool = False
    owner: Literal["me", "nobody"] = "nobody"
    replace: dict[str, dict[str, str]] = Field(default_factory=dict)


class Progress(Schema):
    """Rows dealt with, of all."""

    done: int
    total: int


class Reason(Schema):
    """Why rows are refused, and how many."""

    field: str | None
    code: str
    message: str
    kinds: int = 1
    count: int
    fixed: int = 0


class RowError(Schema):
    """One thing wrong with a row; `index` is the column where there is one."""

    index: int | None
    field: str | None
    code: str
    message: str


class PreviewRow(Schema):
    """A row as it would be imported."""

    row: int
    outcome: Literal["create", "update", "unchanged", "refuse"]
    values: dict[str, str]
    errors: list[RowError]


class Created(Schema):
    """What an import creates besides records, or would have to."""

    fields: list[dict[str, Any]]
    options: list[dict[str, Any]]
    links: list[dict[str, Any]]
    members: list[dict[str, Any]]
    teams: list[dict[str, Any]] = Field(default_factory=list)
    managers: list[dict[str, Any]] = Field(default_factory=list)


class Preview(Schema):
    """What a run would do."""

    create: int
    update: int
    refuse: int
    unchanged: int
    ownerless: int = 0
    checked_rows: int
    sampled: bool
    rows: list[PreviewRow]
    reasons: list[Reason]
    will_create: Created
    blocked: Created


class Import(Schema):
    """A file on its way into an object."""

    id: uuid.UUID
    object: str
    filename: str
    status: Status
    encoding: str | None
    separator: str | None
    sheet: str | None
    sheets: list[str]
    row_count: int
    columns: list[ImportColumn]
    mapping: dict[str, str | LinkTarget | None]
    options: ImportOptions
    progress: Progress
    counts: dict[str, int]
    created: dict[str, Any]
    reasons: list[Reason]
    preview: Preview | None
    created_at: datetime
    finished_at: datetime | None
    undo_until: datetime | None
    error: str | None


class ImportChange(Schema):
    """Changes to a draft; what is left out stays."""

    mapping: dict[str, str | LinkTarget | None] | None = None
    options: dict[str, Any] | None = None
    sheet: str | None = None
    encoding: str | None = None
    separator: str | None = None


class Count(Schema):
    """How many there are."""

    value: int
    exact: bool


class PageInfo(Schema):
    """The next page, and the number of all."""

    next: str | None
    count: Count | None


class ImportPage(Schema):
    """Imports, newest first."""

    data: list[Import]
    page: PageInfo


class ImportRow(Schema):
    """A row that was refused."""

    row: int
    cells: list[str]
    errors: list[RowError]
    fixed: bool


class ImportRowPage(Schema):
    """Refused rows in the order of the file."""

    data: list[ImportRow]
    page: PageInfo


class RowRepair(Schema):
    """Corrected cells of a row, by column."""

    row: int
    cells: dict[str, str]


class RowRepairs(Schema):
    """Corrections."""

    rows: list[RowRepair]


class ImportRows(Schema):
    """Rows after their correction."""

    data: list[ImportRow]


class ExportCreate(Schema):
    """What to export: a query, as the list shows it."""

    object: str
    format: Literal["csv", "xlsx", "parquet"] = "xlsx"
    filter: Any = None
    sort: str | None = None
    fields: list[str] | str | None = None
    q: str | None = None
    deleted: bool | None = None


class Export(Schema):
    """A query on its way into a file."""

    id: uuid.UUID
    object: str
    format: str
    status: Literal["queued", "running", "done", "failed"]
    progress: Progress
    filename: str
    row_count: int
    url: str | None
    created_at: datetime
    error: str | None
