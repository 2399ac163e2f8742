"""The read door: every read of records goes through here.

`RecordQuery` says what is wanted (object, filter tree, sort, fields, page, or group and measures);
`fetch_page`, `fetch_groups`, `get_record`, `count_matching`, `matching_ids` and `stream` answer it
under the context's rights. See `spec.py` for the query, `compile.py` for the SQL.
"""

from guanxi.engine.records.query.groups import fetch_groups
from guanxi.engine.records.query.read import (
    Page,
    count_matching,
    fetch_page,
    find_record,
    get_record,
    get_records,
    matching_ids,
    stream,
)
from guanxi.engine.records.query.spec import Grouping, Measure, RecordQuery, Sort, parse_query

__all__ = [
    "Grouping",
    "Measure",
    "Page",
    "RecordQuery",
    "Sort",
    "count_matching",
    "fetch_groups",
    "fetch_page",
    "find_record",
    "get_record",
    "get_records",
    "matching_ids",
    "parse_query",
    "stream",
]
