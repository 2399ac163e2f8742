"""What can go wrong, as exceptions that every door turns into one answer (RFC 9457 problem details).

*How it works*: code raises a `Problem` (or one of its kinds) with a stable `code` and a `Text`; the
web layer renders it in the caller's language, the command line prints its sentence, the importer
writes it beside the cell. Validation collects `FieldError`s and raises them all at once.

*Rules*: what one may not see is `NotFound`, never "forbidden"; a message says what happened and what
to do; no value of another person's record stands in a message.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.kit.text import Text


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with one field: `field` is its path in the input (`amount`, `records.3.phone`)."""

    field: str
    code: str
    text: Text
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def as_json(self, locale: str) -> dict[str, str]:
        """The entry of `errors` in problem details."""
        return {"field": self.field, "code": self.code, "message": self.text.in_(locale, **self.values)}

    def at(self, prefix: str) -> "FieldError":
        """The same error below `prefix` (a row, a nested object)."""
        return FieldError(
            f"{prefix}.{self.field}" if self.field else prefix, self.code, self.text, self.values
        )


class Problem(Exception):
    """An error with a stable code, an HTTP status and a sentence in both languages."""

    status = 400
    code = "bad_request"
    text = Text("请求有误。", "The request is not valid.")

    def __init__(
        self,
        text: Text | None = None,
        *,
        code: str | None = None,
        status: int | None = None,
        errors: list[FieldError] | None = None,
        extra: dict[str, Any] | None = None,
        **values: object,
    ) -> None:
        self.text = text or type(self).text
        self.code = code or type(self).code
        self.status = status or type(self).status
        self.errors = errors or []
        self.extra = extra or {}
        self.values = values
        super().__init__(self.text.in_("en", **values))

    def message(self, locale: str) -> str:
        """The sentence in `locale`."""
        return self.text.in_(locale, **self.values)

    def as_json(self, locale: str) -> dict[str, Any]:
        """The body of the problem-details answer."""
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": self.message(locale),
            "status": self.status,
            "code": self.code,
            "detail": self.message(locale),
        }
        if self.errors:
            body["errors"] = [error.as_json(locale) for error in self.errors]
        return body | self.extra


class NotFound(Problem):
    """It does not exist, or the caller may not know that it does."""

    status, code = 404, "not_found"
    text = Text("没有找到，或者你无权查看。", "Not found, or not visible to you.")


class Unauthenticated(Problem):
    """Nobody is signed in, or the token is not valid."""

    status, code = 401, "unauthenticated"
    text = Text("请先登录。", "Please sign in.")


class Forbidden(Problem):
    """The caller may see it but not do this to it."""

    status, code = 403, "forbidden"
    text = Text("你没有权限做这个操作。", "You are not allowed to do this.")


class Invalid(Problem):
    """Input that does not fit; `errors` names every field at once."""

    status, code = 422, "validation_failed"
    text = Text("有内容需要修改。", "Some of the input needs changing.")


class Conflict(Problem):
    """The state has moved on: stale version, lost race, changed count."""

    status, code = 409, "conflict"
    text = Text("数据已经变化，请刷新后再试。", "The data has changed. Refresh and try again.")


class StaleVersion(Conflict):
    """Somebody else has saved this record since it was read."""

    code = "stale_version"
    text = Text(
        "这条记录刚被别人改过，请看过新内容再保存。",
        "Somebody else has just changed this record. Look at the new content, then save again.",
    )


class VersionRequired(Problem):
    """A change without the version it was based on."""

    status, code = 428, "version_required"
    text = Text(
        "请带上记录的版本（If-Match 或 version）。",
        "Send the version of the record this change is based on (If-Match or version).",
    )


class TooLarge(Problem):
    """More than a stated limit."""

    status, code = 413, "too_large"
    text = Text("内容太大。", "Too large.")


class TooHeavy(Problem):
    """A query the database could not answer within its time."""

    status, code = 422, "query_too_heavy"
    text = Text(
        "这个查询太重，没能在限定时间内完成。请缩小筛选范围。",
        "This query is too heavy to finish in the time allowed. Narrow the filter.",
    )


class Unavailable(Problem):
    """The database is away or starting; `extra["retry_after"]` holds the seconds."""

    status, code = 503, "unavailable"
    text = Text(
        "系统暂时连不上数据库，请稍后再试。",
        "The database cannot be reached just now. Please try again shortly.",
    )


class TooMany(Problem):
    """Rate limit reached; `extra["retry_after"]` holds the seconds."""

    status, code = 429, "rate_limited"
    text = Text("请求太频繁，请稍后再试。", "Too many requests. Please try again shortly.")


def invalid(field_path: str, code: str, text: Text, **values: object) -> Invalid:
    """An `Invalid` for a single field."""
    return Invalid(errors=[FieldError(field_path, code, text, values)])
