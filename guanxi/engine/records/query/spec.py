"""A query over one object as plain data: what lists, boards, exports and the API all ask with.

*How it works*: `parse_query` reads the JSON form and checks its shape and limits; what the names mean
(does the field exist for this person?) is settled by the compiler. A `RecordQuery` serialises back, so
a saved view, a segment or a flow's condition is the same thing.

*Rules*: limits stand here and nowhere else; every complaint names the path in the input.
"""

from dataclasses import dataclass
from typing import Any

from guanxi.kit.errors import Invalid, invalid
from guanxi.kit.plain_values import whole_number
from guanxi.kit.text import Text

MAX_LIMIT = 200
DEFAULT_LIMIT = 50
MAX_DEPTH = 8
MAX_LEAVES = 100
MAX_SORTS = 5
MAX_FIELDS = 200
MAX_GROUPS = 4
MAX_GROUP_ROWS = 1000
MAX_MEASURES = 20
MAX_MARKS = 5
MAX_QUERY_TEXT = 200
MAX_EDGES = 30
MOST_EDGE = 1e15
RANGE = "range"
RATIO = "ratio"
BUCKETS = ("day", "week", "month", "quarter", "year", "province", "city", "district", RANGE)
MEASURE_OPS = ("count", "distinct", "sum", "avg", "median", "min", "max")

BAD_FILTER = Text("筛选条件的写法不对。", "The filter is not written correctly.")
TOO_DEEP = Text("筛选条件太多或嵌套太深。", "The filter has too many conditions or is nested too deeply.")
BAD_VALUE = Text("这个值不对。", "This value is not valid.")
BAD_LIMIT = Text("limit 应在 1 到 {max} 之间。", "limit must be between 1 and {max}.")
TOO_MANY = Text("最多 {max} 个。", "At most {max}.")
UNKNOWN_OP = Text("没有「{op}」这种统计。", "There is no measure “{op}”.")
BAD_EDGES = Text(
    "分段要 1 到 {max} 个由小到大的数。", "Ranges need 1 to {max} numbers, from the smallest to the largest."
)
UNKNOWN_BUCKET = Text("没有「{bucket}」这种分段。", "There is no bucket “{bucket}”.")


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort key: a field path or, in groups, an alias."""

    path: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Grouping:
    """One dimension: a field path, dates with a bucket, numbers in ranges between `edges`."""

    path: str
    bucket: str | None = None
    edges: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """One number: an operation over a field (`count` needs none) under an alias.

    `filter` narrows what it counts (a tree, as the query's). A `ratio` is `of` divided by `over`.
    """

    op: str
    path: str | None = None
    alias: str = "count"
    filter: Any = None
    of: "Measure | None" = None
    over: "Measure | None" = None


@dataclass(frozen=True, slots=True)
class RecordQuery:
    """What is asked of one object. `filter` is the JSON tree as given; `fields` None means all.

    `count` None counts what is cheap to count; True counts (to the cap) whatever it takes; False does not.
    `verb` is what the records are for: `see`, or `export` (never given by a caller).
    `marks` are filter trees: each record says in `marks` which of them (by position) it matches.
    `totals`: besides the groups, the measures over each dimension by itself and over everything.
    """

    object: str
    filter: Any = None
    sort: tuple[Sort, ...] = ()
    fields: tuple[str, ...] | None = None
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None
    q: str = ""
    count: bool | None = None
    deleted: bool = False
    group: tuple[Grouping, ...] | None = None
    measures: tuple[Measure, ...] = ()
    totals: bool = False
    marks: tuple[Any, ...] = ()
    verb: str = "see"


def parse_query(object_key: str, given: dict[str, Any]) -> RecordQuery:
    """The query in the body of `POST /{object}/query` or in list parameters; raises Invalid."""
    unknown = set(given) - {
        "filter",
        "sort",
        "fields",
        "limit",
        "cursor",
        "q",
        "count",
        "deleted",
        "group",
        "measures",
        "totals",
        "marks",
    }
    if unknown:
        raise invalid(
            min(unknown), "unknown_parameter", Text("没有这个参数。", "There is no such parameter.")
        )
    q = given.get("q") or ""
    if not isinstance(q, str) or len(q) > MAX_QUERY_TEXT or "\x00" in q:
        raise invalid("q", "wrong_type", BAD_VALUE)
    cursor = given.get("cursor")
    if cursor is not None and (not isinstance(cursor, str) or len(cursor) > 4000):
        raise invalid("cursor", "wrong_type", BAD_VALUE)
    for name in ("count", "deleted", "totals"):
        if not isinstance(given.get(name, True), bool | None):
            raise invalid(name, "wrong_type", BAD_VALUE)
    measures = tuple(_measure(item, i) for i, item in enumerate(_items(given, "measures", MAX_MEASURES)))
    has_group = given.get("group") is not None or bool(measures)
    group = tuple(_grouping(item, i) for i, item in enumerate(_items(given, "group", MAX_GROUPS)))
    aliases = [measure.alias for measure in measures]
    if len(set(aliases)) != len(aliases):
        raise invalid(
            "measures", "duplicate_alias", Text("统计的名称重复了。", "Two measures have the same name.")
        )
    return RecordQuery(
        object=object_key,
        filter=given.get("filter"),
        sort=parse_sort(given.get("sort")),
        fields=_fields(given.get("fields")),
        limit=_limit(given.get("limit", DEFAULT_LIMIT), MAX_GROUP_ROWS if has_group else MAX_LIMIT),
        cursor=cursor,
        q=q.strip(),
        count=given.get("count"),
        deleted=given.get("deleted", False),
        group=group if has_group else None,
        measures=measures or ((Measure("count"),) if has_group else ()),
        totals=bool(given.get("totals")),
        marks=tuple(_items(given, "marks", MAX_MARKS)),
    )


def parse_sort(given: Any) -> tuple[Sort, ...]:
    """Sort keys from `"name,-amount"` or a list of such, or of `{"field", "descending"}`."""
    if not given:
        return ()
    items = given.split(",") if isinstance(given, str) else given
    if not isinstance(items, list) or len(items) > MAX_SORTS:
        raise invalid("sort", "wrong_type", TOO_MANY, max=MAX_SORTS)
    found = []
    for i, item in enumerate(items):
        if isinstance(item, dict) and isinstance(item.get("field"), str):
            found.append(Sort(item["field"], bool(item.get("descending"))))
        elif isinstance(item, str) and item.strip().lstrip("-"):
            found.append(Sort(item.strip().lstrip("-"), item.strip().startswith("-")))
        else:
            raise invalid(f"sort.{i}", "wrong_type", BAD_VALUE)
    return tuple(found)


def _items(given: dict[str, Any], name: str, most: int) -> list[Any]:
    items = given.get(name) or []
    if not isinstance(items, list):
        raise invalid(name, "wrong_type", BAD_VALUE)
    if len(items) > most:
        raise invalid(name, "too_many", TOO_MANY, max=most)
    return items


def _fields(given: Any) -> tuple[str, ...] | None:
    if given is None or given == "":
        return None
    items = given.split(",") if isinstance(given, str) else given
    if not isinstance(items, list) or not all(isinstance(item, str) and item for item in items):
        raise invalid("fields", "wrong_type", BAD_VALUE)
    if len(items) > MAX_FIELDS:
        raise invalid("fields", "too_many", TOO_MANY, max=MAX_FIELDS)
    return tuple(dict.fromkeys(item.strip() for item in items))


def _limit(given: Any, most: int) -> int:
    if isinstance(given, str):
        given = whole_number(given)
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= most:
        raise invalid("limit", "out_of_range", BAD_LIMIT, max=most)
    return given


def _grouping(item: Any, index: int) -> Grouping:
    if isinstance(item, str) and item:
        return Grouping(item)
    if isinstance(item, dict) and isinstance(item.get("field"), str):
        bucket = item.get("bucket")
        if bucket is not None and bucket not in BUCKETS:
            raise invalid(f"group.{index}.bucket", "unknown_bucket", UNKNOWN_BUCKET, bucket=str(bucket)[:40])
        return Grouping(item["field"], bucket, _edges(item, index) if bucket == RANGE else ())
    raise invalid(f"group.{index}", "wrong_type", BAD_VALUE)


def _edges(item: dict[str, Any], index: int) -> tuple[float, ...]:
    given = item.get("edges")
    edges = given if isinstance(given, list) else []
    numbers = all(
        isinstance(edge, int | float) and not isinstance(edge, bool) and abs(edge) < MOST_EDGE
        for edge in edges
    )
    if not numbers or not 1 <= len(edges) <= MAX_EDGES or edges != sorted(set(edges)):
        raise invalid(f"group.{index}.edges", "wrong_type", BAD_EDGES, max=MAX_EDGES)
    return tuple(edges)


def _measure(item: Any, index: int, part: str = "") -> Measure:
    at = f"measures.{index}{part}"
    if not isinstance(item, dict) or not isinstance(item.get("op"), str):
        raise invalid(at, "wrong_type", BAD_VALUE)
    op, path, alias = item["op"], item.get("field"), item.get("as")
    if alias is not None and (not isinstance(alias, str) or not alias.isidentifier() or len(alias) > 60):
        raise invalid(f"{at}.as", "wrong_type", BAD_VALUE)
    if op == RATIO and not part:
        of, over = (_measure(item.get(name), index, f".{name}") for name in ("of", "over"))
        return Measure(op, None, alias or f"ratio_{of.alias}_{over.alias}", of=of, over=over)
    if op not in MEASURE_OPS:
        raise invalid(f"{at}.op", "unknown_measure", UNKNOWN_OP, op=op[:40])
    if path is not None and not isinstance(path, str):
        raise invalid(f"{at}.field", "wrong_type", BAD_VALUE)
    if path is None and op != "count":
        raise invalid(f"{at}.field", "required", Text("要指明字段。", "Say which field."))
    default = op if path is None else f"{op}_{path.replace('.', '_')}"
    return Measure(op, path, alias or default, item.get("filter"))


@dataclass(frozen=True, slots=True)
class Leaf:
    """`{"field", "op", "value"}` and where it stood."""

    path: str
    op: str
    value: Any
    at: str


@dataclass(frozen=True, slots=True)
class Node:
    """`and`, `or` or `not` over nodes and leaves."""

    kind: str
    parts: tuple["Node | Leaf", ...]


def parse_tree(given: Any, at: str = "filter") -> Node | Leaf | None:
    """The filter tree, its shape and size checked; None for an empty one. Raises Invalid."""
    if given is None or given == {} or given == []:
        return None
    count = [0]
    return _tree(given, at, 1, count)


def _tree(given: Any, at: str, depth: int, count: list[int]) -> Node | Leaf:
    count[0] += 1
    if depth > MAX_DEPTH or count[0] > MAX_LEAVES * 2:
        raise Invalid(TOO_DEEP, code="filter_too_complex")
    if isinstance(given, list):
        given = {"and": given}
    if not isinstance(given, dict):
        raise invalid(at, "bad_filter", BAD_FILTER)
    if "field" in given:
        path, op = given.get("field"), given.get("op")
        if not isinstance(path, str) or not isinstance(op, str) or set(given) - {"field", "op", "value"}:
            raise invalid(at, "bad_filter", BAD_FILTER)
        return Leaf(path, op, given.get("value"), at)
    if len(given) != 1:
        raise invalid(at, "bad_filter", BAD_FILTER)
    kind, inner = next(iter(given.items()))
    if kind == "not":
        return Node("not", (_tree(inner, f"{at}.not", depth + 1, count),))
    if kind not in ("and", "or") or not isinstance(inner, list):
        raise invalid(at, "bad_filter", BAD_FILTER)
    parts = tuple(_tree(item, f"{at}.{kind}.{i}", depth + 1, count) for i, item in enumerate(inner))
    return Node(kind, parts)
