"""From one kind of value to another; what cannot be converted is blank."""

from dataclasses import replace

from guanxi.engine.schema.formulas import errors, values
from guanxi.engine.schema.formulas.formats import date_format, number_format
from guanxi.engine.schema.formulas.functions.base import CONVERT, Site, function, p
from guanxi.engine.schema.formulas.values import Kind, Value, bound, in_calendar
from guanxi.kit.sql import Sql, join, sql
from guanxi.kit.text import Text

VALUE = p("值", "value")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("佰", "拾", "亿", "仟", "佰", "拾", "万", "仟", "佰", "拾", "元", "角", "分")
_WRITTEN = (
    ("零[佰拾仟]", "零"),
    ("零+亿", "亿"),
    ("零+万", "万"),
    ("零+元", "元"),
    ("亿万", "亿"),
    ("零角零分$", "整"),
    ("零分$", "整"),
    ("零角", "零"),
    ("零+", "零"),
    ("^[零亿万]+", ""),
    ("^元零?", ""),
)


@function(
    "TEXT", "文本", CONVERT, VALUE, p("格式", "format", optional=True),
    doc=Text('变成文字。数字的格式如 "0.00"、"#,##0.00"、"0%"，日期的格式如 "yyyy-mm-dd"、"yyyy年m月d日 hh:mm"。',
             'As text. Formats of numbers: "0.00", "#,##0.00", "0%"; of dates: "yyyy-mm-dd", "dd/mm/yyyy hh:mm".'),
    example=Text('TEXT(金额, "#,##0.00")', 'TEXT(amount, "#,##0.00")'),
)  # fmt: skip
def _text(site: Site) -> Value:
    if not site.has(1):
        return values.text(site.text(0), sure=True)
    value, form = site.builder.dated(site.value(0)), site.literal(1)
    if value.kind in (Kind.DATE, Kind.DATETIME):
        template = date_format(form, clock=value.kind is Kind.DATETIME)
        if template is None:
            raise site.refuse(1, "bad_format", errors.BAD_FORMAT)
        local = value.sql if value.kind is Kind.DATE else site.builder.local(value.sql)
        return values.text(sql("to_char({}, {}::text)", local, template))
    found = number_format(form)
    if found is None:
        raise site.refuse(1, "bad_format", errors.BAD_FORMAT)
    number = site.builder.as_number(value, site.args[0])
    shown = sql("{} * 100", number.sql).wrapped() if found.percent else number.sql
    piece = sql(f"to_char(round({{}}, {found.places}), {{}}::text)", shown, found.template)
    return values.text(sql("({} || {}::text)", piece, "%") if found.percent else piece)


@function(
    "VALUE", "数值", CONVERT, p("文字", "text"),
    doc=Text("文字写的数字，可带千分位、¥ 和 %；看不懂就是空。",
             "The number that a text states, with thousands, ¥ or a percent sign; blank when it states none."),
    example=Text('VALUE("1,200.50")', 'VALUE("1,200.50")'),
)  # fmt: skip
def _value(site: Site) -> Value:
    bare = sql("btrim(translate({}, {}::text, ''))", site.text(0), ",，¥￥ \u3000")
    piece = bound(
        "CASE WHEN {t} ~ '^[+-]?[0-9]{{1,15}}([.][0-9]{{1,15}})?$' THEN {t}::numeric"
        " WHEN {t} ~ ('^[+-]?[0-9]{{1,15}}([.][0-9]{{1,15}})?[' || chr(37) || chr(65285) || ']$')"
        " THEN left({t}, -1)::numeric * 0.01 END",
        t=bare,
    )
    return values.number(piece, whole=15, scale=17)


@function(
    "DATEVALUE", "转日期", CONVERT, p("文字", "text"),
    doc=Text("文字写的日期，如 2026-03-05、2026/3/5、2026年3月5日；日期时间取它的日期；看不懂就是空。",
             "The date that a text states, such as 2026-03-05 or 2026/3/5, or the day of a moment; blank when there is none."),
    example=Text('DATEVALUE("2026年3月5日")', 'DATEVALUE("2026/3/5")'),
)  # fmt: skip
def _datevalue(site: Site) -> Value:
    value = site.builder.dated(site.value(0))
    if value.kind in (Kind.DATE, Kind.DATETIME):
        return values.date(site.builder.as_date(value, site.args[0]))
    pattern = "^ *([0-9]{{4}})[-/.年]([0-9]{{1,2}})[-/.月]([0-9]{{1,2}})日? *$"
    parts = bound(f"regexp_match({{t}}, '{pattern}')", t=site.builder.as_text(value, site.args[0]))
    day = bound(
        "(make_date(greatest({m}[1]::int, 1), 1, 1) + make_interval(months => {m}[2]::int - 1)"
        " + make_interval(days => {m}[3]::int - 1))::date",
        m=parts,
    )
    same = "extract(month FROM {d}) = {m}[2]::int AND extract(day FROM {d}) = {m}[3]::int"
    piece = bound(
        f"CASE WHEN {same} AND extract(year FROM {{d}}) = {{m}}[1]::int THEN {{d}} END", d=day, m=parts
    )
    return values.date(in_calendar(piece))


@function(
    "NUMBER", "转数字", CONVERT, VALUE,
    doc=Text("是否变成 1 和 0，文字变成它写的数字；数字不变。", "1 and 0 for yes and no, the number that a text states; a number stays."),
    example=Text("NUMBER(已付款)", "NUMBER(paid)"),
)  # fmt: skip
def _number(site: Site) -> Value:
    value = site.value(0, zero=site.zero)
    if value.kind is Kind.BOOLEAN:
        return values.number(sql("({})::int::numeric", site.boolean(0)), whole=1, scale=0)
    if value.kind is Kind.TEXT:
        return _value(site)
    return site.builder.as_number(value, site.args[0])


@function(
    "MONEY", "金额", CONVERT, p("数字", "number"),
    doc=Text("四舍五入到分；公式的结果就是金额。", "Rounded to two decimals; a formula that results in it is an amount of money."),
    example=Text("MONEY(单价 * 数量 * 0.95)", "MONEY(price * quantity * 0.95)"),
)  # fmt: skip
def _money(site: Site) -> Value:
    value = site.number(0, zero=site.zero)
    return replace(values.scaled(value, 2), nature="money")


@function(
    "PERCENT", "百分比", CONVERT, p("数字", "number"),
    doc=Text("数字不变（0.25 就是 25%）；公式的结果就是百分比。", "The same number (0.25 is 25 %); a formula that results in it is a percentage."),
    example=Text("PERCENT(已收 / 合同额)", "PERCENT(received / total)"),
)  # fmt: skip
def _percent(site: Site) -> Value:
    return replace(site.number(0, zero=site.zero), nature="percent")


@function(
    "RMBUPPER", "人民币大写", CONVERT, p("金额", "amount"),
    doc=Text("金额的中文大写，例如 壹仟贰佰元整；到亿级（小于一千亿）。",
             "An amount in Chinese capital numerals, below a hundred thousand million."),
    example=Text("RMBUPPER(金额)", "RMBUPPER(amount)"),
)  # fmt: skip
def _rmbupper(site: Site) -> Value:
    fen = bound(
        "CASE WHEN abs({n}) < 99999999999.995 THEN lpad((round(abs({n}), 2) * 100)::bigint::text, 13, '0') END",
        n=site.number(0).sql,
    )
    letters = sql("translate({}, '0123456789', {}::text)", fen, _DIGITS)
    pieces = join([Sql(f"substr({{s}}, {i + 1}, 1) || '{unit}'") for i, unit in enumerate(_UNITS)], " || ")
    piece = bound(pieces.text, s=letters)
    for pattern, new in _WRITTEN:
        piece = Sql("regexp_replace(") + piece + f", '{pattern}', '{new}', 'g')"
    sign = sql("(CASE WHEN round({}, 2) < 0 THEN '负' ELSE '' END)", site.number(0).sql)
    return values.text(
        bound("CASE WHEN {t} IN ('', '整') THEN '零元整' ELSE {g} || {t} END", t=piece, g=sign)
    )
