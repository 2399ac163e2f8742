"""`guanxi insight KIND FILE`: what a spreadsheet of one's own says, without a workspace and without a database."""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from guanxi.config.console import Stop, console_locale, in_console_language, say
from guanxi.domains.insight.files.answers import Answer, Asked, roles_of
from guanxi.domains.insight.files.kinds import KINDS
from guanxi.domains.insight.files.reading import read_sheet
from guanxi.domains.insight.methods.thin import TooThin
from guanxi.kit.formulas import neutral
from guanxi.kit.jsons import dumps
from guanxi.kit.text import Text

NEEDS_DATABASE = False

BAD_MAP = Text("--map 应写成 列名=角色：{given}", "--map is written COLUMN=role: {given}")
PARAMETERS = Text("参数", "Parameters")
FIGURES = Text("质量", "How good it is")
MORE = Text(
    "……还有 {count} 行（--csv 或 --json 可得全部）", "… {count} rows more (--csv or --json writes all)"
)
MORE_NOTES = Text("· ……还有 {count} 条说明", "· … {count} notes more")
MOST_NOTES = 8
WRITTEN = Text("已写入 {path}", "Written to {path}")


@click.command(
    name="insight",
    help=in_console_language(
        "对一个文件运行洞察模型：rfm、lifecycle、clv、churn、score、recommend、forecast、sentiment。",
        "Run an insight model on a file: rfm, lifecycle, clv, churn, score, recommend, forecast, sentiment.",
    ),
)
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="COLUMN=role",
    help=in_console_language(
        "哪一列是什么（列名或第几列），可多次。", "What a column is (by name or number); repeatable."
    ),
)
@click.option(
    "--split",
    type=click.DateTime(["%Y-%m-%d"]),
    help=in_console_language(
        "只用这一天及以前的数据，其后的用来检验。", "Learn from what was known by this day; the rest judges."
    ),
)
@click.option(
    "--json",
    "json_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help=in_console_language("把全部结果写成 JSON。", "Write everything as JSON."),
)
@click.option(
    "--csv",
    "csv_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help=in_console_language("把整张表写成 CSV。", "Write the whole table as CSV."),
)
@click.option(
    "--top",
    default=20,
    show_default=True,
    type=click.IntRange(0, 1000),
    help=in_console_language("显示几行。", "How many rows to print."),
)
@click.option(
    "--months",
    default=12,
    show_default=True,
    type=click.IntRange(1, 120),
    help=in_console_language("价值看多少个月（clv）。", "Months of value (clv)."),
)
@click.option(
    "--discount",
    default=0.1,
    show_default=True,
    type=click.FloatRange(0, 1),
    help=in_console_language("年折现率（clv）。", "Discount a year (clv)."),
)
@click.option(
    "--unit",
    type=click.Choice(["day", "week", "month"]),
    help=in_console_language(
        "时间单位（默认 week，forecast 为 month）。", "The unit of time (week; month for forecasts)."
    ),
)
@click.option(
    "--season",
    type=click.IntRange(1, 400),
    help=in_console_language("一个季节有几期（forecast）。", "Periods in a season (forecast)."),
)
@click.option(
    "--horizon",
    type=click.IntRange(1, 500),
    help=in_console_language("预测几期（forecast）。", "Periods to forecast (forecast)."),
)
@click.option(
    "--positive", help=in_console_language("目标列里哪个值算「是」。", "The target's value that means yes.")
)
@click.option(
    "--negative",
    help=in_console_language(
        "哪个值算「否」，其余的行不用。", "The value that means no; other rows are left out."
    ),
)
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=in_console_language(
        "另一个文件：预测的实际值，或情感的训练文本。",
        "Another file: what happened (forecast), or texts to learn from (sentiment).",
    ),
)
@click.option("--sheet", help=in_console_language("工作表名称。", "The sheet of a workbook."))
def command(
    kind: str,
    file: Path,
    mapped: tuple[str, ...],
    split: datetime | None,
    json_path: Path | None,
    csv_path: Path | None,
    top: int,
    months: int,
    discount: float,
    unit: str | None,
    season: int | None,
    horizon: int | None,
    positive: str | None,
    negative: str | None,
    against: Path | None,
    sheet: str | None,
) -> None:
    """Run it and print the table, the parameters and how good it is."""
    locale = console_locale()
    chosen = KINDS[kind]
    table = read_sheet(file, sheet=sheet, locale=locale)
    other = read_sheet(against, locale=locale) if against is not None else None
    asked = Asked(
        table,
        roles_of(chosen, table, _mapping(mapped)),
        split=_day(split),
        months=months,
        discount=discount,
        unit=unit or ("month" if kind == "forecast" else "week"),
        season=season,
        horizon=horizon,
        positive=positive,
        negative=negative,
        against=other,
        locale=locale,
    )
    try:
        answer = chosen.run(asked)
    except TooThin as thin:
        raise Stop(Text(thin.in_("zh-CN"), thin.in_("en"))) from thin
    _print(answer, top, locale)
    if csv_path is not None:
        _write_csv(csv_path, answer)
        say(WRITTEN, path=csv_path)
    if json_path is not None:
        json_path.write_bytes(dumps(answer.as_json(kind)))
        say(WRITTEN, path=json_path)


def _mapping(mapped: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for given in mapped:
        column, sign, role = given.rpartition("=")
        if not sign or not column or not role:
            raise Stop(BAD_MAP, given=given)
        found[column] = role
    return found


def _day(split: datetime | None) -> date | None:
    return split.date() if split is not None else None


def _print(answer: Answer, top: int, locale: str) -> None:
    heads = [text.in_(locale) for _, text in answer.columns]
    rows = [[_cell(value) for value in row] for row in answer.rows[:top]]
    widths = [max([_width(head), *(_width(row[i]) for row in rows)]) for i, head in enumerate(heads)]
    for line in [heads, *rows] if rows else []:
        click.echo("  ".join(text + " " * (widths[i] - _width(text)) for i, text in enumerate(line)).rstrip())
    if len(answer.rows) > top:
        say(MORE, count=len(answer.rows) - top)
    for title, values in ((PARAMETERS, answer.parameters), (FIGURES, answer.metrics)):
        if values:
            click.echo(f"\n{title.in_(locale)}")
            for key, value in values.items():
                click.echo(f"  {key}: {_brief(value)}")
    for note in answer.notes[:MOST_NOTES]:
        click.echo(f"· {note}")
    if len(answer.notes) > MOST_NOTES:
        say(MORE_NOTES, count=len(answer.notes) - MOST_NOTES)


def _cell(value: Any) -> str:
    return "—" if value is None else str(value)[:60]


def _brief(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_brief(each)}" for key, each in value.items())
    text = ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
    return text if len(text) <= 400 else text[:400] + " …"


def _width(text: str) -> int:
    """Columns on a terminal: Chinese signs take two."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


def _write_csv(path: Path, answer: Answer) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([key for key, _ in answer.columns])
        writer.writerows([[_cell_of_file(value) for value in row] for row in answer.rows])


def _cell_of_file(value: Any) -> Any:
    return "" if value is None else neutral(value) if isinstance(value, str) else value
