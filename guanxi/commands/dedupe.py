"""`guanxi dedupe FILE`: the duplicates in any table, without a workspace and without a database."""

import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from guanxi.config.console import Stop, console_locale, in_console_language, say
from guanxi.engine.transfer.reading.rows import read
from guanxi.engine.transfer.reading.tables import Table, inspect
from guanxi.kit.errors import Problem
from guanxi.kit.matching import headers
from guanxi.kit.matching.finding import THRESHOLD, Found, Pair, find
from guanxi.kit.matching.measuring import Figures, measure, true_ids
from guanxi.kit.matching.rules import RULES
from guanxi.kit.text import Text

NEEDS_DATABASE = False
SHOWN = 20
MAX_JSON_PAIRS = 2_000_000
_CHUNK = 5000

NO_COLUMN = Text("文件里没有「{column}」这一列。", "The file has no column “{column}”.")
NOTHING_TO_COMPARE = Text(
    "没有认出可以比较的列。表头里应有名称、电话、邮箱、地址等列（用 --map 列名=角色 指定）。",
    "No column to compare was recognised: name, phone, e-mail, address … (say --map COLUMN=role).",
)
BAD_MAP = Text(
    '--map 应写成 "列名=角色"，角色可以是：{roles}', '--map is written "COLUMN=role"; roles are: {roles}'
)
COLUMNS = Text("比较的列：{columns}", "Compared: {columns}")
DONE = Text(
    "{rows} 条记录，{seconds} 秒：{pairs} 对重复，{clusters} 组，涉及 {together} 条；比较了 {compared} 对。",
    "{rows} records in {seconds} s: {pairs} pairs in {clusters} clusters of {together} records; {compared} pairs compared.",
)
CAPPED = Text(
    "有 {blocks} 个相同值过于常见（最多 {largest} 条），只和最相近的比较，略过 {pairs} 对。",
    "{blocks} values are too common ({largest} records at most): compared with the nearest only, {pairs} pairs left out.",
)
RAN_OUT = Text("候选太多，只比较了一部分。", "Too many candidates: only a part was compared.")
TRUTH = Text(
    "真实重复 {true} 对，正确 {right} 对。精确率 {precision}，召回率 {recall}，F1 {f1}",
    "True pairs {true}, right {right}. Precision {precision}, recall {recall}, F1 {f1}",
)
MORE = Text("…… 另有 {count} 对（用 --json 全部写出）", "… and {count} pairs more (--json writes them all)")


@click.command(
    help=in_console_language(
        "在任意表格（CSV、Excel）里查找重复记录，不需要工作区。",
        "Find the duplicates in any table (CSV, Excel); no workspace needed.",
    )
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rule", type=click.Choice(sorted(RULES)), required=True,
              help=in_console_language("按个人还是公司比较。", "Compare as persons or as companies."))  # fmt: skip
@click.option("--truth", metavar="COLUMN",
              help=in_console_language("真实编号所在的列：相同即同一个；据此给出精确率和召回率。", "The column of true ids: equal ones are the same; gives precision and recall."))  # fmt: skip
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path),
              help=in_console_language("把全部结果写到 JSON 文件。", "Write all results to a JSON file."))  # fmt: skip
@click.option("--map", "maps", multiple=True, metavar="COLUMN=role",
              help=in_console_language("列的角色；为空则不比较该列。", "What a column is; none after = leaves it out."))  # fmt: skip
@click.option("--threshold", type=click.FloatRange(0.5, 0.999), default=THRESHOLD, show_default=True,
              help=in_console_language("从多少分起算重复。", "From which score on a pair counts."))  # fmt: skip
@click.option("--sheet", help=in_console_language("哪个工作表。", "Which sheet of a workbook."))
@click.option("--encoding", help=in_console_language("文件编码（默认自动识别）。", "The file's encoding (found by itself)."))  # fmt: skip
def command(
    file: Path,
    rule: str,
    truth: str | None,
    json_file: Path | None,
    maps: tuple[str, ...],
    threshold: float,
    sheet: str | None,
    encoding: str | None,
) -> None:
    """Read the file, find, print, write."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            table = inspect(
                file,
                spool=Path(folder) / "table.csv",
                sheet=sheet,
                encoding=encoding,
                locale=console_locale(),
            )
            numbers, cells = _cells(table)
        except Problem as problem:
            raise Stop(problem.text, exit_code=2, **problem.values) from None
    columns = _columns(table.headers, rule, maps, truth)
    normal = [headers.normal(header) for header in table.headers]
    if truth is not None and headers.normal(truth) not in normal:
        raise Stop(NO_COLUMN, exit_code=2, column=truth)
    say(COLUMNS, columns=", ".join(f"{table.headers[index]} → {role}" for index, role in columns.items()))
    start = time.perf_counter()
    found = find(_rows(cells, columns), RULES[rule], threshold=threshold)
    figures = None
    if truth is not None:
        place = normal.index(headers.normal(truth))
        figures = measure(found.clusters, true_ids([row[place] for row in cells]))
    seconds = time.perf_counter() - start
    _print(found, numbers, cells, columns, figures, seconds)
    if json_file:
        body = _as_json(found, file, table.headers, numbers, cells, columns, figures, seconds)
        json_file.write_text(json.dumps(body, ensure_ascii=False) + "\n", encoding="utf-8")


def _cells(table: Table) -> tuple[list[int], list[list[str]]]:
    numbers: list[int] = []
    cells: list[list[str]] = []
    for chunk in read(table.layout, size=_CHUNK):
        numbers += chunk.numbers
        cells += [[cell.strip() for cell in row] for row in chunk.rows]
    return numbers, cells


def _columns(titles: Sequence[str], rule: str, maps: Sequence[str], truth: str | None) -> dict[int, str]:
    """Column → role, guessed from the headers and corrected by `--map`; the truth is never compared."""
    by_name = {headers.normal(title): index for index, title in enumerate(titles)}
    hidden = by_name.get(headers.normal(truth)) if truth else None
    columns = {i: role for i, role in headers.guess(titles, rule).items() if i != hidden}
    known = headers.roles(rule)
    for text in maps:
        column, found, role = text.rpartition("=")
        if not found or (role and role not in known):
            raise Stop(BAD_MAP, exit_code=2, roles=", ".join(sorted(known)))
        if headers.normal(column) not in by_name:
            raise Stop(NO_COLUMN, exit_code=2, column=column)
        index = by_name[headers.normal(column)]
        columns.pop(index, None)
        if role:
            columns[index] = role
    if not columns:
        raise Stop(NOTHING_TO_COMPARE, exit_code=2)
    return columns


def _rows(cells: Sequence[Sequence[str]], columns: dict[int, str]) -> Iterator[dict[str, list[str]]]:
    for row in cells:
        found: dict[str, list[str]] = {}
        for index, role in columns.items():
            if index < len(row) and row[index]:
                found.setdefault(role, []).append(row[index])
        yield found


def _title(cells: Sequence[str], columns: dict[int, str]) -> str:
    names = [
        cells[i]
        for i, role in columns.items()
        if role in ("given_name", "surname", "name") and i < len(cells)
    ]
    rest = [cells[i] for i in columns if i < len(cells)]
    return (" ".join(text for text in names if text) or " ".join(text for text in rest if text))[:60]


def _print(
    found: Found,
    numbers: Sequence[int],
    cells: Sequence[Sequence[str]],
    columns: dict[int, str],
    figures: Figures | None,
    seconds: float,
) -> None:
    locale = console_locale()
    count = sum(len(rows) * (len(rows) - 1) // 2 for rows in found.clusters)
    for n, pair in enumerate(found.pairs()):
        if n == SHOWN:
            say(MORE, count=f"{count - SHOWN:,}")
            break
        why = "; ".join(f"{r.label.in_(locale)}: {r.text.in_(locale)}" for r in pair.reasons[:3])
        click.echo(
            f"{pair.score:.3f}  {numbers[pair.a]} {_title(cells[pair.a], columns)} = "
            f"{numbers[pair.b]} {_title(cells[pair.b], columns)}  ({why})"
        )
    say(
        DONE, rows=f"{found.rows:,}", seconds=f"{seconds:.1f}", pairs=f"{count:,}", clusters=f"{len(found.clusters):,}",
        together=f"{sum(map(len, found.clusters)):,}", compared=f"{found.compared:,}",
    )  # fmt: skip
    if found.capped.blocks:
        say(
            CAPPED,
            blocks=found.capped.blocks,
            largest=f"{found.capped.largest:,}",
            pairs=f"{found.capped.pairs:,}",
        )
    if found.capped.ran_out:
        say(RAN_OUT)
    if figures:
        say(
            TRUTH, true=f"{figures.true:,}", right=f"{figures.right:,}", precision=f"{figures.precision:.4f}",
            recall=f"{figures.recall:.4f}", f1=f"{figures.f1:.4f}",
        )  # fmt: skip


def _as_json(
    found: Found,
    file: Path,
    titles: Sequence[str],
    numbers: Sequence[int],
    cells: Sequence[Sequence[str]],
    columns: dict[int, str],
    figures: Figures | None,
    seconds: float,
) -> dict[str, Any]:
    """Row numbers are those that a spreadsheet program shows (the header is 1)."""

    def described(pair: Pair) -> dict[str, Any]:
        return {"a": numbers[pair.a], "b": numbers[pair.b], "score": round(pair.score, 4),
                "a_title": _title(cells[pair.a], columns), "b_title": _title(cells[pair.b], columns),
                "reasons": [reason.as_json() for reason in pair.reasons]}  # fmt: skip

    pairs: list[dict[str, Any]] = []
    for pair in found.pairs():
        if len(pairs) == MAX_JSON_PAIRS:
            break
        pairs.append(described(pair))
    body: dict[str, Any] = {
        "file": file.name, "rule": found.rule.key, "records": found.rows, "seconds": round(seconds, 2),
        "columns": {titles[index]: role for index, role in columns.items()}, "compared": found.compared,
        "capped": found.capped.as_json(), "learned": found.weights.learned,
        "pair_count": sum(len(rows) * (len(rows) - 1) // 2 for rows in found.clusters),
        "clusters": [[numbers[row] for row in rows] for rows in found.clusters], "pairs": pairs,
    }  # fmt: skip
    if figures:
        body["truth"] = {"true_pairs": figures.true, "found_pairs": figures.found, "right_pairs": figures.right,
                         "precision": figures.precision, "recall": figures.recall, "f1": figures.f1}  # fmt: skip
        body |= {"precision": figures.precision, "recall": figures.recall, "f1": figures.f1}
    return body
