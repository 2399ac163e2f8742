"""Maths: exact decimals; what has no answer is blank."""

from dataclasses import replace

from guanxi.engine.schema.formulas import values
from guanxi.engine.schema.formulas.functions.base import MATHS, Site, function, p
from guanxi.engine.schema.formulas.values import Kind, Value, bound, padded
from guanxi.kit.sql import Sql, join, sql
from guanxi.kit.text import Text

NUMBER, NUMBERS = p("数字", "number"), p("数字", "numbers", many=True)
PLACES = p("位数", "places", optional=True)
_ORDERED = (Kind.NUMBER, Kind.DATE, Kind.DATETIME)


def _all(site: Site) -> list[Value]:
    return [site.number(i, zero=False) for i in range(len(site.args))]


def _like(value: Value, piece: Sql, *, whole: int | None = None, scale: int | None = None) -> Value:
    return replace(
        value,
        sql=piece,
        whole=value.whole if whole is None else whole,
        scale=value.scale if scale is None else scale,
    )


@function(
    "SUM", "求和", MATHS, NUMBERS,
    doc=Text("各个数字之和，空的不算。", "The sum of the numbers; blanks are left out."),
    example=Text("SUM(设备费, 安装费, 运费)", "SUM(equipment, installation, freight)"),
)  # fmt: skip
def _sum(site: Site) -> Value:
    found = _all(site)
    piece = join([sql("coalesce({}, 0)", value.sql) for value in found], " + ").wrapped()
    whole = max(value.whole for value in found) + len(str(len(found)))
    total = values.number(piece, whole=whole, scale=max(value.scale for value in found))
    return replace(values.limited(total), nature=found[0].nature)


@function(
    "AVERAGE", "平均", MATHS, NUMBERS,
    doc=Text("各个数字的平均值，空的不算。", "The mean of the numbers; blanks are left out."),
    example=Text("AVERAGE(一月, 二月, 三月)", "AVERAGE(january, february, march)"),
)  # fmt: skip
def _average(site: Site) -> Value:
    found = _all(site)
    named = {f"a{i}": value.sql for i, value in enumerate(found)}
    total = " + ".join(f"coalesce({{{name}}}, 0)" for name in named)
    count = ", ".join(f"{{{name}}}" for name in named)
    piece = bound(f"round(round({total}, 20) / nullif(num_nonnulls({count}), 0), 20)", **named)
    return replace(values.number(piece), nature=found[0].nature)


@function(
    "COUNT", "计数", MATHS, p("值", "values", many=True),
    doc=Text("有值的个数。", "How many of the values are not blank."),
    example=Text("COUNT(电话, 手机, 邮箱)", "COUNT(phone, mobile, email)"),
)  # fmt: skip
def _count(site: Site) -> Value:
    pieces = [sql("(NOT {})::int", site.builder.is_blank(site.value(i))) for i in range(len(site.args))]
    return values.number(sql("({})::numeric", join(pieces, " + ")), whole=2, scale=0)


def _extreme(site: Site, name: str) -> Value:
    found = site.builder.alike([(site.value(i), node) for i, node in enumerate(site.args)])
    if found[0].kind not in _ORDERED:
        raise site.wrong(0, found[0], Kind.NUMBER)
    return site.builder.chosen(found, sql(name + "({})", join([value.sql for value in found])))


@function(
    "MIN", "最小", MATHS, p("值", "values", many=True),
    doc=Text("最小的数字或最早的日期，空的不算。", "The smallest number or the earliest date; blanks are left out."),
    example=Text("MIN(报价, 限价)", "MIN(offer, limit)"),
)  # fmt: skip
def _min(site: Site) -> Value:
    return _extreme(site, "least")


@function(
    "MAX", "最大", MATHS, p("值", "values", many=True),
    doc=Text("最大的数字或最晚的日期，空的不算。", "The largest number or the latest date; blanks are left out."),
    example=Text("MAX(到期日, TODAY())", "MAX(due_date, TODAY())"),
)  # fmt: skip
def _max(site: Site) -> Value:
    return _extreme(site, "greatest")


@function(
    "ROUND", "四舍五入", MATHS, NUMBER, PLACES,
    doc=Text("四舍五入到几位小数（默认 0 位，负数表示十位、百位……）。",
             "Rounded half up to so many decimals (0 by default; negative: tens, hundreds …)."),
    example=Text("ROUND(金额 / 3, 2)", "ROUND(amount / 3, 2)"),
)  # fmt: skip
def _round(site: Site) -> Value:
    value = site.number(0)
    piece = sql("round({}, {})", value.sql, site.count(1, 0, highest=20, lowest=-15))
    return values.limited(_like(value, piece, whole=max(value.whole, 15) + 1))


@function(
    "ROUNDUP", "向上舍入", MATHS, NUMBER, PLACES,
    doc=Text("向远离零的方向舍入。", "Rounded away from zero."),
    example=Text("ROUNDUP(数量 / 12)", "ROUNDUP(quantity / 12)"),
)  # fmt: skip
def _roundup(site: Site) -> Value:
    value = site.number(0)
    piece = bound(
        "CASE WHEN trunc({x}, {n}) = {x} THEN {x} ELSE round(trunc({x}, {n}) + sign({x}) * ('1e' || -{n})::numeric, 20) END",
        x=value.sql,
        n=site.count(1, 0, highest=20, lowest=-15),
    )
    return values.limited(_like(value, piece, whole=max(value.whole, 16) + 1, scale=20))


@function(
    "ROUNDDOWN", "向下舍入", MATHS, NUMBER, PLACES,
    doc=Text("向零的方向舍去。", "Cut off towards zero."),
    example=Text("ROUNDDOWN(12.78, 1)", "ROUNDDOWN(12.78, 1)"),
)  # fmt: skip
def _rounddown(site: Site) -> Value:
    value = site.number(0)
    return _like(value, sql("trunc({}, {})", value.sql, site.count(1, 0, highest=20, lowest=-15)))


@function(
    "INT", "取整", MATHS, NUMBER,
    doc=Text("不大于它的最大整数：INT(-1.5) 是 -2。", "The whole number at or below: INT(-1.5) is -2."),
    example=Text("INT(金额 / 1000)", "INT(amount / 1000)"),
)  # fmt: skip
def _int(site: Site) -> Value:
    value = site.number(0)
    return values.limited(_like(value, sql("floor({})", value.sql), whole=value.whole + 1, scale=0))


def _stepped(site: Site, name: str) -> Value:
    value = site.number(0)
    if not site.has(1):
        return values.limited(_like(value, sql(name + "({})", value.sql), whole=value.whole + 1, scale=0))
    step = site.number(1)
    piece = bound("round(" + name + "(round({x}, 20) / nullif({s}, 0)) * {s}, 20)", x=value.sql, s=step.sql)
    return values.limited(_like(value, piece, whole=value.whole + step.scale + step.whole + 2, scale=20))


@function(
    "CEILING", "上取整", MATHS, NUMBER, p("倍数", "step", optional=True),
    doc=Text("向上取到整数，或取到倍数。", "Up to a whole number, or to a multiple of a step."),
    example=Text("CEILING(数量, 12)", "CEILING(quantity, 12)"),
)  # fmt: skip
def _ceiling(site: Site) -> Value:
    return _stepped(site, "ceil")


@function(
    "FLOOR", "下取整", MATHS, NUMBER, p("倍数", "step", optional=True),
    doc=Text("向下取到整数，或取到倍数。", "Down to a whole number, or to a multiple of a step."),
    example=Text("FLOOR(金额, 100)", "FLOOR(amount, 100)"),
)  # fmt: skip
def _floor(site: Site) -> Value:
    return _stepped(site, "floor")


@function(
    "ABS", "绝对值", MATHS, NUMBER,
    doc=Text("去掉负号。", "Without its sign."),
    example=Text("ABS(目标 - 实际)", "ABS(target - actual)"),
)  # fmt: skip
def _abs(site: Site) -> Value:
    value = site.number(0)
    return _like(value, sql("abs({})", value.sql))


@function(
    "SIGN", "正负号", MATHS, NUMBER,
    doc=Text("正数是 1，负数是 -1，零是 0。", "1 for positive, -1 for negative numbers, 0 for zero."),
    example=Text("SIGN(利润)", "SIGN(profit)"),
)  # fmt: skip
def _sign(site: Site) -> Value:
    return values.number(sql("sign({})", site.number(0).sql), whole=1, scale=0)


@function(
    "MOD", "取余", MATHS, NUMBER, p("除数", "divisor"),
    doc=Text("除法的余数，符号随除数；除数为零时为空。", "The remainder, with the sign of the divisor; blank for a divisor of 0."),
    example=Text("MOD(数量, 12)", "MOD(quantity, 12)"),
)  # fmt: skip
def _mod(site: Site) -> Value:
    value, divisor = site.number(0), site.number(1)
    rest = bound("mod({x}, nullif({d}, 0))", x=value.sql, d=divisor.sql)
    piece = bound(
        "CASE WHEN {m} <> 0 AND sign({m}) <> sign({d}) THEN {m} + {d} ELSE {m} END", m=rest, d=divisor.sql
    )
    return values.number(piece, whole=divisor.whole, scale=max(value.scale, divisor.scale))


@function(
    "POWER", "乘方", MATHS, NUMBER, p("次数", "exponent"),
    doc=Text("多少次方，和 a ^ b 一样，保留 15 位小数。", "Raised to a power, like a ^ b, to 15 decimals."),
    example=Text("POWER(1.05, 年数)", "POWER(1.05, years)"),
)  # fmt: skip
def _power(site: Site) -> Value:
    return values.raised(site.number(0), site.number(1))


@function(
    "SQRT", "平方根", MATHS, NUMBER,
    doc=Text("平方根，保留 15 位小数；负数没有。", "The square root to 15 decimals; negative numbers have none."),
    example=Text("SQRT(面积)", "SQRT(area)"),
)  # fmt: skip
def _sqrt(site: Site) -> Value:
    value = site.number(0)
    piece = bound("CASE WHEN {x} >= 0 THEN round(sqrt({x}), 15) END", x=padded(value))
    return values.number(piece, scale=15)


@function(
    "EXP", "自然指数", MATHS, NUMBER,
    doc=Text("e 的多少次方，保留 15 位小数。", "e raised to a power, to 15 decimals."),
    example=Text("EXP(1)", "EXP(1)"),
)  # fmt: skip
def _exp(site: Site) -> Value:
    piece = bound(
        "CASE WHEN {x} < -100 THEN 0 WHEN {x} < 70 THEN round(exp({x}), 15) END", x=padded(site.number(0))
    )
    return values.number(values.below(piece, values.MAX_WHOLE), scale=15)


@function(
    "LN", "自然对数", MATHS, NUMBER,
    doc=Text("自然对数，保留 15 位小数；零和负数没有。", "The natural logarithm to 15 decimals; zero and negative numbers have none."),
    example=Text("LN(2)", "LN(2)"),
)  # fmt: skip
def _ln(site: Site) -> Value:
    piece = bound("CASE WHEN {x} > 0 THEN round(ln({x}), 15) END", x=padded(site.number(0)))
    return values.number(piece, whole=3, scale=15)


@function(
    "LOG", "对数", MATHS, NUMBER, p("底数", "base", optional=True),
    doc=Text("对数，底数默认 10，保留 15 位小数。", "The logarithm, to base 10 unless given, to 15 decimals."),
    example=Text("LOG(100)", "LOG(100)"),
)  # fmt: skip
def _log(site: Site) -> Value:
    base = padded(site.number(1)) if site.has(1) else Sql("10.00000000000000000000")
    piece = bound(
        "CASE WHEN {x} > 0 AND {b} > 0 AND {b} <> 1 THEN round(log({b}, {x}), 15) END",
        x=padded(site.number(0)),
        b=base,
    )
    return values.number(piece, whole=25, scale=15)
