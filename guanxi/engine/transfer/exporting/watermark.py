"""Who made an exported file, and when: in a workbook's properties always, as a visible line where switched on.

*How it works*: the line is the last of the file, so that the header stays the first and the file can be
imported again. Whether a workspace wants it is the audit's setting, which stands above this package and is
asked through `visible`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

_LINE = Text("由 {name} 于 {when} 从 {workspace} 导出", "Exported by {name} from {workspace} at {when}")


class _Switch:
    """Says whether a workspace wants the visible line; put in by engine/audit."""

    wanted: Callable[[Ctx], bool] | None = None


visible = _Switch()


@dataclass(frozen=True, slots=True)
class Mark:
    """What a file says of its making; `line` is empty where it is not to be seen."""

    author: str
    company: str
    created: datetime
    comment: str
    line: str = ""

    def properties(self) -> dict[str, Any]:
        """The properties of a workbook."""
        return {
            "author": self.author,
            "company": self.company,
            "comments": self.comment,
            "created": self.created.replace(microsecond=0, tzinfo=None),
        }


def mark_of(ctx: Ctx) -> Mark:
    """The mark of a file that the actor makes now."""
    when = ctx.today.strftime("%Y-%m-%d %H:%M:%S")
    comment = f"{ctx.actor.name} · {ctx.actor.user_id} · {ctx.now.isoformat(timespec='seconds')}"
    shown = visible.wanted is not None and visible.wanted(ctx)
    line = (
        _LINE.in_(ctx.locale, name=ctx.actor.name, when=when, workspace=ctx.workspace.name) if shown else ""
    )
    return Mark(ctx.actor.name, ctx.workspace.name, ctx.now, comment, line)
