"""A filter tree as a predicate over any row: what sharing rules are compiled by (engine/access/ways.py)."""

from typing import Any

from guanxi.engine.access.ways import condition_compilers
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.sql import Sql, sql


def condition(ctx: Ctx, obj: ObjectDef, alias: str, tree: Any) -> Sql:
    """The records of `obj` that match `tree`, over `alias`; raises Invalid for a tree that does not fit."""
    compiler = Compiler(ctx, obj, alias=alias, joins=f"{alias}_j")
    where = compiler.where(tree)
    if not compiler.has_joins:
        return where
    # A value asked row by row: `id IN (…)` would be computed over the whole table before a page has its first row.
    return sql(f"(SELECT {{}} FROM (VALUES (1)) {alias}_o {{}}) IS TRUE", where.wrapped(), compiler.joins)


condition_compilers.append(condition)
