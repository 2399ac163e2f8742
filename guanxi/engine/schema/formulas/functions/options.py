"""Choices: a select counts as the text of its label; here is what more there is to ask of it."""

from guanxi.engine.schema.formulas import values
from guanxi.engine.schema.formulas.functions.base import OPTION, Site, function, p
from guanxi.engine.schema.formulas.values import Kind, Value
from guanxi.kit.jsons import dumps
from guanxi.kit.sql import Sql, join, sql
from guanxi.kit.text import Text

CHOICE = p("选项字段", "choice")


@function(
    "LABEL", "选项名称", OPTION, CHOICE, p("语言", "language", optional=True),
    doc=Text('选项的名称；语言写 "zh" 或 "en"，不写就是工作区的语言。',
             'The label of the choice, in "zh" or "en", or else in the workspace\'s language.'),
    example=Text('LABEL(行业, "en")', 'LABEL(industry, "zh")'),
)  # fmt: skip
def _label(site: Site) -> Value:
    value = site.value(0)
    if value.kind is not Kind.OPTION:
        raise site.wrong(0, value, Kind.OPTION)
    if not site.has(1) or value.field is None:
        return values.text(site.text(0), sure=True)
    locale = "en" if site.literal(1).lower().startswith("en") else "zh-CN"
    labels = {option.value: option.label.in_(locale) for option in value.field.options}
    piece = values.bound(
        "coalesce({l} ->> {x}, {x})", l=Sql("%s::jsonb", (dumps(labels).decode(),)), x=value.sql
    )
    return values.text(piece)


@function(
    "OPTIONKEY", "选项值", OPTION, CHOICE,
    doc=Text("选项存储的值（标识），不随名称变化。", "The stored value of the choice, which stays when its label changes."),
    example=Text("OPTIONKEY(行业)", "OPTIONKEY(industry)"),
)  # fmt: skip
def _optionkey(site: Site) -> Value:
    value = site.value(0)
    if value.kind is not Kind.OPTION:
        raise site.wrong(0, value, Kind.OPTION)
    return values.text(value.sql)


@function(
    "HASOPTION", "含选项", OPTION, p("多选或标签字段", "choices"), p("选项", "choice", many=True),
    doc=Text("多选或标签里有其中任何一个。", "One of the choices or tags is among those of the field."),
    example=Text('HASOPTION(标签, "重点")', 'HASOPTION(tags, "key account")'),
)  # fmt: skip
def _hasoption(site: Site) -> Value:
    value = site.value(0)
    if value.kind is not Kind.OPTIONS:
        raise site.wrong(0, value, Kind.OPTIONS)
    wanted = []
    for i in range(1, len(site.args)):
        site.literal(i)
        wanted.append(site.builder.option_named(site.value(i), site.args[i], value).sql)
    array = Sql("ARRAY[") + join(wanted) + "]::text[]"
    return values.truth(sql("coalesce(jsonb_exists_any({}, {}), FALSE)", value.sql, array))


@function(
    "IN", "属于", OPTION, p("值", "value"), p("可能的值", "candidates", many=True),
    doc=Text("等于其中任何一个。", "It equals one of the candidates."),
    example=Text('IN(客户等级, "高价值", "一般")', 'IN(tier, "High", "Standard")'),
)  # fmt: skip
def _in(site: Site) -> Value:
    subject, whole = site.once(0)
    found = [
        site.builder.compare(
            subject, "=", site.value(i, zero=True), (site.args[i], site.args[0], site.args[i])
        )
        for i in range(1, len(site.args))
    ]
    return site.with_once(values.truth(join(found, " OR ")), subject, whole)
