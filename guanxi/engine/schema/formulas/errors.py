"""What is wrong with a formula: a code, a sentence in both languages, and the characters it is about."""

from typing import Any

from guanxi.kit.text import Text


class FormulaError(Exception):
    """A mistake in a formula; `at` and `length` count characters of the text that was given."""

    def __init__(self, code: str, text: Text, at: int, length: int = 1, **values: object) -> None:
        self.code = code
        self.text = text
        self.at = at
        self.length = max(length, 1)
        self.values = values
        super().__init__(text.in_("en", **values))

    def as_json(self, locale: str) -> dict[str, Any]:
        """The entry of `errors` in the answer of a check."""
        message = self.text.in_(locale, **self.values)
        return {"code": self.code, "message": message, "at": self.at, "length": self.length}


EMPTY = Text("请写公式。", "Write a formula.")
TOO_LONG = Text(
    "公式最长 {max} 个字符，现在有 {given} 个。",
    "A formula has at most {max} characters; this has {given}.",
)
TOO_DEEP = Text("公式嵌套太深，最多 {max} 层。", "The formula is nested too deeply: at most {max} levels.")
TOO_COSTLY = Text(
    "公式太复杂（连同它引用的公式共 {cost} 步，最多 {max} 步）。",
    "The formula is too complex ({cost} steps with the formulas it uses, at most {max}).",
)
TOO_NESTED = Text(
    "公式引用公式最多 {max} 层：{field} 超过了。",
    "Formulas build on formulas at most {max} deep: {field} goes beyond that.",
)
RING = Text("公式绕成了一个圈：{ring}。", "The formulas form a ring: {ring}.")
BROKEN_BY_IT = Text(
    "这样改以后，用到它的公式「{field}」就算不了了。",
    "After this change the formula “{field}”, which uses it, could not be calculated.",
)
BAD_CHARACTER = Text("这里不能有「{character}」。", "“{character}” cannot stand here.")
UNCLOSED_TEXT = Text("文字少了右引号。", "The text has no closing quotation mark.")
UNCLOSED_BRACE = Text("字段名少了右花括号。", "The field name has no closing brace.")
UNCLOSED = Text("括号没有关上。", "A parenthesis is not closed.")
UNEXPECTED = Text(
    "这里多了「{token}」，或者它前面少了什么。",
    "“{token}” is not expected here; something before it may be missing.",
)
ENDS_EARLY = Text("公式没有写完。", "The formula is not finished.")
UNKNOWN_FIELD = Text("「{object}」没有字段「{field}」。", "“{object}” has no field “{field}”.")
UNKNOWN_FIELD_NEAR = Text(
    "「{object}」没有字段「{field}」，是不是「{near}」？",
    "“{object}” has no field “{field}”. Did you mean “{near}”?",
)
AMBIGUOUS_FIELD = Text(
    "「{object}」有几个字段都叫「{field}」，请用字段标识：{keys}。",
    "Several fields of “{object}” are called “{field}”. Use a key: {keys}.",
)
NOT_A_LINK = Text(
    "「{field}」不是单条关联，后面不能再跟字段。",
    "“{field}” does not link to one record; no field can follow it.",
)
TOO_FAR = Text("最多跨 {max} 层关联。", "A path crosses at most {max} relations.")
NOT_USABLE = Text("公式里不能用「{field}」这类字段。", "Fields like “{field}” cannot be used in formulas.")
ITSELF = Text("公式不能引用自己。", "A formula cannot use itself.")
UNKNOWN_FUNCTION = Text("没有函数「{name}」。", "There is no function “{name}”.")
UNKNOWN_FUNCTION_NEAR = Text(
    "没有函数「{name}」，是不是 {near}？", "There is no function “{name}”. Did you mean {near}?"
)
TOO_FEW = Text(
    "{name} 至少要 {min} 个参数：{signature}。", "{name} needs at least {min} arguments: {signature}."
)
TOO_MANY = Text(
    "{name} 最多 {max} 个参数：{signature}。", "{name} takes at most {max} arguments: {signature}."
)
PAIRS = Text("{name} 的参数要成对写：{signature}。", "The arguments of {name} come in pairs: {signature}.")
WRONG_KIND = Text("这里需要{wanted}，得到的是{given}。", "{wanted} is needed here, not {given}.")
NOT_COMPARABLE = Text("{left}和{right}不能比较。", "{left} and {right} cannot be compared.")
NOT_COMBINED = Text("{left}和{right}不能这样计算。", "{left} and {right} cannot be combined like this.")
NOT_ALIKE = Text(
    "几个结果的类型要一样：有{left}，也有{right}。",
    "The results must be of one kind: there is {left} and {right}.",
)
UNKNOWN_OPTION = Text("「{field}」没有选项「{value}」。", "“{field}” has no option “{value}”.")
NEEDS_LITERAL = Text(
    "这里要直接写出文字，不能用字段或计算。", "Write the text itself here, no field or calculation."
)
BAD_UNIT = Text("单位只能是 {units}。", "The unit must be one of {units}.")
BAD_FORMAT = Text(
    "不认识这个格式，例如 0.00、#,##0.00、0%、yyyy-mm-dd。",
    "Unknown format. Examples: 0.00, #,##0.00, 0%, yyyy-mm-dd.",
)
BAD_NUMBER = Text("数字最多 {max} 位。", "A number has at most {max} digits.")
BAD_PATTERN = Text(
    "这个正则写法不支持（可用：字符、.、[…]、\\d \\w \\s、( )、|、* + ? {m,n}、^ $）。",
    "This pattern is not supported (allowed: characters, ., […], \\d \\w \\s, ( ), |, * + ? {m,n}, ^ $).",
)
NO_RESULT = Text(
    "公式没有结果类型，请至少写一个有值的分支。",
    "The formula has no kind of result: write at least one value.",
)
WRONG_RESULT = Text(
    "公式的结果是{given}，不能存成「{wanted}」。", "The formula results in {given}, which is no “{wanted}”."
)
