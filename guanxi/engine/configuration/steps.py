"""One part of a configuration beside the workspace: what applying it would come to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from guanxi.kit.errors import Invalid
from guanxi.kit.text import Text

State = Literal["create", "same", "differs", "impossible"]
RESERVED = Text("这个标识由系统使用。", "The program itself uses this key.")
KEY_IN_BIN = Text("这个标识已被删除的内容占用。", "Something that was deleted holds this key.")
NO_OBJECT = Text("这里没有对象「{object}」。", "There is no object “{object}” here.")
OTHER_TYPE = Text("已有同名字段，类型不同。", "A field of this key is there, of another type.")
NO_TYPE = Text("没有「{type}」这种字段。", "There is no field type “{type}”.")


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a document beside the workspace: `kind` object, field, pipeline, view, or a kind of rule."""

    kind: str
    object: str
    key: str
    label: dict[str, str]
    state: State
    why: Text | None = None

    def as_json(self, locale: str) -> dict[str, Any]:
        """The step of the API."""
        why = self.why.in_(locale, object=self.object, type=self.key) if self.why else None
        return {"kind": self.kind, "object": self.object, "key": self.key, "label": self.label, "state": self.state,
                "why": why}  # fmt: skip


@contextmanager
def at(place: str) -> Iterator[None]:
    """Have what is refused inside say where in the document it stands (`rules.3`)."""
    try:
        yield
    except Invalid as problem:
        if not problem.errors:
            raise
        raise Invalid(errors=[error.at(place) for error in problem.errors]) from problem
