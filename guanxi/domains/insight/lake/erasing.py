"""Erasing a person from the lake: it holds ids and figures of them, and is thrown away and made again.

*Rules*: at once, not at the next refresh. What is removed although the erasure is rolled back is no loss: the
lake is a copy.
"""

from guanxi.domains.insight.lake.parts import drop
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.erasing import Eraser, Erasure, eraser_registry
from guanxi.kit.text import Text


def _erase(ctx: Ctx, erasure: Erasure) -> int:
    return int(drop(ctx.workspace.id)) if erasure.ids else 0


eraser_registry.register(Eraser("insight_lake", Text("洞察数据湖", "Fact lake"), (), _erase))
