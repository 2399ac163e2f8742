"""A filter tree as a predicate over any row: what sharing rules are compiled by (engine/access/ways.py)."""

from typing import Any

from guanxi.engine.access.ways import condition_compilers
from guanxi.engine.records.query.compile import Compiler, table_of
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.sql import Sql, sql


def condition(ctx: Ctx, obj: ObjectDef, alias: str, tree: Any) -> Sql:
    """The records of `obj` that match `tree`, over `alias`; raises Invalid for a tree that does not fit."""
    plain = Compiler(ctx, obj, alias=alias)
    where = plain.where(tree)
    if not plain.has_joins:
        return where
    inner = f"{alias}_s"
    compiler = Compiler(ctx, obj, alias=inner)
    where = compiler.where(tree)
    return sql(
        f"{alias}.id IN (SELECT {inner}.id FROM {table_of(obj)} {inner} {{}} WHERE {inner}.workspace_id = {{}} AND {{}})",
        compiler.joins, ctx.workspace.id, where.wrapped(),
    )  # fmt: skip


condition_compilers.append(condition)
