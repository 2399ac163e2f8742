"""What goes in and out of `/notifications`, as it stands in the OpenAPI document."""

import uuid
from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field, model_validator

from guanxi.kit.parsing import unfit
from guanxi.kit.text import Text

ONE_OF_BOTH = Text("ids 和 all 请给其中一个。", "Give either ids or all.")

MOST_IDS = 500


class Notice(Schema):
    """Something the caller should know, in their language."""

    id: uuid.UUID
    at: datetime
    kind: str
    title: str
    body: str | None
    url: str | None
    read: bool
    data: dict[str, Any]


class NoticeCount(Schema):
    """How many there are; `exact` is false past the limit that counting stops at."""

    value: int
    exact: bool


class NoticePageInfo(Schema):
    """Where the next page is."""

    next: str | None
    count: NoticeCount | None


class NoticePage(Schema):
    """One's own notices, newest first; `unread_count` stops at 100."""

    data: list[Notice]
    page: NoticePageInfo
    unread_count: int


class NoticesRead(Schema):
    """Which notices were read: some by id, or `all`."""

    model_config = ConfigDict(extra="forbid")

    ids: Annotated[list[uuid.UUID], Field(max_length=MOST_IDS)] | None = None
    all: bool = False

    @model_validator(mode="after")
    def _one_of_both(self) -> "NoticesRead":
        if self.all == (self.ids is not None):
            raise unfit("one_of_both", ONE_OF_BOTH)
        return self


class NoticesMarked(Schema):
    """How many were unread before, and how many still are."""

    marked: int
    unread_count: int
