"""Logic: choosing between values, and asking whether there is one."""

from dataclasses import replace

from guanxi.engine.schema.formulas import values
from guanxi.engine.schema.formulas.functions.base import LOGIC, Site, function, p
from guanxi.engine.schema.formulas.tree import Node
from guanxi.engine.schema.formulas.values import BLANK, Value
from guanxi.kit.sql import Sql, join, sql
from guanxi.kit.text import Text

VALUE, CONDITION = p("值", "value"), p("条件", "condition")


def _cases(site: Site, conditions: list[Sql], results: list[int], default: int | None) -> Value:
    """CASE over results of one kind; without a default, blank (0 where a blank counts as 0)."""
    chosen = [*results, *([] if default is None else [default])]
    found: list[tuple[Value, Node]] = [(site.value(i, zero=site.zero), site.args[i]) for i in chosen]
    alike = site.builder.alike([*found, (BLANK, site.node)] if default is None else found)
    if default is None and site.zero and alike[0].kind is values.Kind.NUMBER:
        alike[-1] = replace(alike[-1], sql=Sql("0::numeric"))
    pieces = [
        sql("WHEN {} THEN {}", condition, value.sql)
        for condition, value in zip(conditions, alike, strict=False)
    ]
    piece = Sql("(CASE ") + join(pieces, " ") + " ELSE " + alike[-1].sql + " END)"
    return site.builder.chosen(alike, piece)


@function(
    "IF", "如果", LOGIC, CONDITION, p("成立时", "then"), p("不成立时", "otherwise", optional=True),
    doc=Text("条件成立时取第一个值，否则取第二个；没写第二个就是空。",
             "The first value where the condition holds, else the second; blank when there is none."),
    example=Text('IF(金额 > 100000, "大单", "小单")', 'IF(amount > 100000, "large", "small")'),
)  # fmt: skip
def _if(site: Site) -> Value:
    return _cases(site, [site.boolean(0)], [1], 2 if site.has(2) else None)


@function(
    "IFS", "多条件", LOGIC, CONDITION, VALUE, p("条件或值", "conditions and values", optional=True, many=True),
    pairs=True,
    doc=Text("依次看各个条件，取第一个成立的条件后面的值；都不成立就是空。",
             "The value after the first condition that holds; blank when none does."),
    example=Text('IFS(金额 > 100, "A", 金额 > 10, "B", TRUE, "C")', 'IFS(amount > 100, "A", amount > 10, "B", TRUE, "C")'),
)  # fmt: skip
def _ifs(site: Site) -> Value:
    conditions = [site.boolean(i) for i in range(0, len(site.args), 2)]
    return _cases(site, conditions, list(range(1, len(site.args), 2)), None)


@function(
    "SWITCH", "匹配", LOGIC, p("表达式", "expression"), p("值1", "value 1"), p("结果1", "result 1"),
    p("更多值和结果，默认值", "more values and results, default", optional=True, many=True),
    doc=Text("把表达式和各个值比较，取第一个相等的值后面的结果；最后可写默认值。",
             "The result after the first value that equals the expression; a default may stand at the end."),
    example=Text('SWITCH(客户等级, "高价值", 3, "一般", 2, 1)', 'SWITCH(tier, "High", 3, "Standard", 2, 1)'),
)  # fmt: skip
def _switch(site: Site) -> Value:
    count = len(site.args)
    last = count - 1 if count % 2 == 0 else None
    subject, whole = site.once(0)
    conditions, results = [], []
    for i in range(1, count - 1, 2):
        side = site.value(i, zero=True)
        conditions.append(
            site.builder.compare(subject, "=", side, (site.args[i], site.args[0], site.args[i]))
        )
        results.append(i + 1)
    return site.with_once(_cases(site, conditions, results, last), subject, whole)


@function(
    "AND", "且", LOGIC, p("条件", "condition", many=True),
    doc=Text("所有条件都成立。也可以写 a AND b。", "All conditions hold. `a AND b` means the same."),
    example=Text("AND(金额 > 100, 金额 < 500)", "AND(amount > 100, amount < 500)"),
)  # fmt: skip
def _and(site: Site) -> Value:
    return values.truth(join([site.boolean(i) for i in range(len(site.args))], " AND "))


@function(
    "OR", "或", LOGIC, p("条件", "condition", many=True),
    doc=Text("至少一个条件成立。也可以写 a OR b。", "At least one condition holds. `a OR b` means the same."),
    example=Text("OR(金额 > 500, ISBLANK(金额))", "OR(amount > 500, ISBLANK(amount))"),
)  # fmt: skip
def _or(site: Site) -> Value:
    return values.truth(join([site.boolean(i) for i in range(len(site.args))], " OR "))


@function(
    "XOR", "异或", LOGIC, CONDITION, CONDITION,
    doc=Text("两个条件中正好一个成立。", "Exactly one of two conditions holds."),
    example=Text("XOR(金额 > 500, 数量 > 10)", "XOR(amount > 500, quantity > 10)"),
)  # fmt: skip
def _xor(site: Site) -> Value:
    return values.truth(sql("{} <> {}", site.boolean(0), site.boolean(1)))


@function(
    "ISBLANK", "为空", LOGIC, VALUE,
    doc=Text("没有值：字段是空的，或算不出结果（例如除以零）。",
             "There is no value: the field is blank, or there is no answer (a division by zero)."),
    example=Text("ISBLANK(电话)", "ISBLANK(phone)"),
)  # fmt: skip
def _isblank(site: Site) -> Value:
    return values.truth(site.builder.is_blank(site.value(0)))


@function(
    "IFBLANK", "空值取", LOGIC, VALUE, p("替代值", "otherwise"),
    doc=Text("值；没有值时取替代值。", "The value, or the other one where there is none."),
    example=Text("IFBLANK(客户.信用额度, 0)", "IFBLANK(customer.credit_limit, 0)"),
)  # fmt: skip
def _ifblank(site: Site) -> Value:
    first, second = site.value(0), site.value(1, zero=site.zero)
    alike = site.builder.alike([(first, site.args[0]), (second, site.args[1])])
    template = "coalesce(nullif({}, ''), {})" if alike[0].kind is values.Kind.TEXT else "coalesce({}, {})"
    found = site.builder.chosen(alike, sql(template, alike[0].sql, alike[1].sql))
    return replace(found, sure=alike[1].sure)


@function(
    "BLANK", "空值", LOGIC,
    doc=Text("空值，用来表示没有结果。", "A blank: no value."),
    example=Text("IF(数量 > 0, 金额 / 数量, BLANK())", "IF(quantity > 0, amount / quantity, BLANK())"),
)  # fmt: skip
def _blank(site: Site) -> Value:
    return BLANK
