"""Marks as leakproof the functions behind our indexed predicates, so that walls do not cost indexes.

*How it works*: under row-level security PostgreSQL evaluates a condition before the policy's only if
every function in it that sees a column is *leakproof*; otherwise an index on that condition is not
used (measured at a million rows: 2,441 ms instead of 0.1 ms). A superuser may mark them. Embedded, we
are one; a managed server must be asked, and `guanxi doctor` says which way it is.

*What it gives up*: a marked function may run on rows of other workspaces before the policy removes
them. None returns what it saw, but a cast may fail on such a value and name it in its error; so
compiled casts of custom values are guarded (`CASE WHEN jsonb_typeof(…)`), and database errors never
reach a caller.

*Rules*: only functions that read their arguments and nothing else; each with the predicate it serves.

*See*: row_security.py, docs/adr/0003-row-level-security.md.
"""

from typing import Any

import psycopg
from psycopg import sql

Connection = psycopg.Connection[Any]

FUNCTIONS = {
    "a custom field": [
        "jsonb_object_field(jsonb, text)",
        "jsonb_object_field_text(jsonb, text)",
        "jsonb_extract_path(jsonb, text[])",
        "jsonb_extract_path_text(jsonb, text[])",
        "jsonb_array_element_text(jsonb, integer)",
        "jsonb_typeof(jsonb)",
        "jsonb_contains(jsonb, jsonb)",
        "jsonb_contained(jsonb, jsonb)",
        "jsonb_exists(jsonb, text)",
        "jsonb_exists_any(jsonb, text[])",
        "jsonb_exists_all(jsonb, text[])",
        "jsonb_eq(jsonb, jsonb)",
        "jsonb_ne(jsonb, jsonb)",
    ],
    "a cast of a custom field": [
        "textout(text)",
        "textin(cstring)",
        "numeric(jsonb)",
        "bool(jsonb)",
        "numeric_in(cstring, oid, integer)",
        "boolin(cstring)",
        "uuid_in(cstring)",
        "numeric(numeric, integer)",
        "numeric(integer)",
        "numeric(bigint)",
    ],
    "a number or an amount": [
        "numeric_eq(numeric, numeric)",
        "numeric_ne(numeric, numeric)",
        "numeric_lt(numeric, numeric)",
        "numeric_le(numeric, numeric)",
        "numeric_gt(numeric, numeric)",
        "numeric_ge(numeric, numeric)",
        "numeric_cmp(numeric, numeric)",
    ],
    "a search": [
        "ts_match_vq(tsvector, tsquery)",
        "ts_match_qv(tsquery, tsvector)",
    ],
    "a text": [
        "textlike(text, text)",
        "textnlike(text, text)",
        "texticlike(text, text)",
        "texticnlike(text, text)",
        "starts_with(text, text)",
        "textregexeq(text, text)",
        "lower(text)",
        "upper(text)",
        "substr(text, integer)",
        "substr(text, integer, integer)",
        "reverse(text)",
        "text_pattern_lt(text, text)",
        "text_pattern_le(text, text)",
        "text_pattern_gt(text, text)",
        "text_pattern_ge(text, text)",
    ],
    "several choices": [
        "arrayoverlap(anyarray, anyarray)",
        "arraycontains(anyarray, anyarray)",
        "arraycontained(anyarray, anyarray)",
        "array_eq(anyarray, anyarray)",
    ],
    "a date": [
        "date(timestamp with time zone)",
        "timezone(text, timestamp with time zone)",
        "date_trunc(text, timestamp with time zone, text)",
    ],
}


def mark(owner: Connection) -> bool:
    """Mark what is not marked yet; False when we may not (no superuser)."""
    leaky = find_leaky(owner)
    if not leaky:
        return True
    if owner.info.parameter_status("is_superuser") != "on":
        return False
    for signature in leaky:
        # Signatures come from the list above and were resolved by the server, so they are well-formed.
        owner.execute(sql.SQL(f"ALTER FUNCTION {signature} LEAKPROOF"))
    return not find_leaky(owner)


def find_leaky(connection: Connection) -> list[str]:
    """The functions of the list that this server has and that are not marked."""
    wanted = [f"pg_catalog.{name}" for names in FUNCTIONS.values() for name in names]
    rows = connection.execute(
        "SELECT w.name FROM unnest(%s::text[]) AS w(name)"
        " JOIN pg_proc p ON p.oid = to_regprocedure(w.name)"
        " WHERE NOT p.proleakproof ORDER BY 1",
        [wanted],
    )
    return [name for (name,) in rows]
