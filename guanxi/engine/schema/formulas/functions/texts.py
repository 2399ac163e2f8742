"""Text. A blank text is the empty text; positions count characters from 1."""

from guanxi.engine.schema.formulas import errors, values
from guanxi.engine.schema.formulas.errors import FormulaError
from guanxi.engine.schema.formulas.functions.base import TEXT, Site, function, p
from guanxi.engine.schema.formulas.patterns import BadPattern, safe_pattern
from guanxi.engine.schema.formulas.values import Value, bound, short
from guanxi.kit.letters import CAPITAL, SMALL
from guanxi.kit.sql import Sql, join, sql
from guanxi.kit.text import Text

WORDS, PIECE = p("文字", "text"), p("要找的文字", "piece")
COUNT = p("个数", "count", optional=True)
PATTERN = p("正则", "pattern")
SPACES = " \t\r\n\f\v\u00a0\u3000"
MAX_PIECE = 255


def _all(site: Site, first: int = 0) -> list[Sql]:
    return [site.text(i) for i in range(first, len(site.args))]


@function(
    "CONCAT", "拼接", TEXT, p("值", "values", many=True),
    doc=Text("把各个值连成一段文字，和 a & b 一样。", "The values as one text, like a & b."),
    example=Text('CONCAT(省, 市, "（", 姓名, "）")', 'CONCAT(name, " (", city, ")")'),
)  # fmt: skip
def _concat(site: Site) -> Value:
    return values.text(short(join(_all(site), " || ").wrapped()), sure=True)


@function(
    "TEXTJOIN", "连接", TEXT, p("分隔符", "separator"), p("值", "values", many=True),
    doc=Text("用分隔符把不空的值连起来。", "The values that are not blank, with a separator between them."),
    example=Text('TEXTJOIN(" / ", 电话, 手机)', 'TEXTJOIN(" / ", phone, mobile)'),
)  # fmt: skip
def _textjoin(site: Site) -> Value:
    pieces = [sql("nullif({}, '')", piece) for piece in _all(site, 1)]
    separator = sql(f"left({{}}, {MAX_PIECE})", site.text(0))
    return values.text(short(sql("concat_ws({}, {})", separator, join(pieces))), sure=True)


@function(
    "LEFT", "左取", TEXT, WORDS, COUNT,
    doc=Text("开头的几个字，默认一个。", "The first characters, one unless given."),
    example=Text("LEFT(名称, 2)", "LEFT(name, 2)"),
)  # fmt: skip
def _left(site: Site) -> Value:
    return values.text(sql("left({}, {})", site.text(0), site.count(1, 1)))


@function(
    "RIGHT", "右取", TEXT, WORDS, COUNT,
    doc=Text("末尾的几个字，默认一个。", "The last characters, one unless given."),
    example=Text("RIGHT(手机, 4)", "RIGHT(mobile, 4)"),
)  # fmt: skip
def _right(site: Site) -> Value:
    return values.text(sql("right({}, {})", site.text(0), site.count(1, 1)))


@function(
    "MID", "中间取", TEXT, WORDS, p("从第几个字", "start"), p("个数", "count"),
    doc=Text("从第几个字起取几个字。", "So many characters from a position on."),
    example=Text("MID(编号, 3, 4)", "MID(code, 3, 4)"),
)  # fmt: skip
def _mid(site: Site) -> Value:
    start = site.count(1, 1, lowest=1)
    return values.text(sql("substr({}, {}, {})", site.text(0), start, site.count(2, 1)))


@function(
    "LEN", "长度", TEXT, WORDS,
    doc=Text("字数，空的是 0。", "How many characters; 0 for a blank."),
    example=Text("LEN(备注)", "LEN(description)"),
)  # fmt: skip
def _len(site: Site) -> Value:
    return values.number(sql("char_length({})::numeric", site.text(0)), whole=4, scale=0)


@function(
    "UPPER", "大写", TEXT, WORDS,
    doc=Text("字母改成大写。", "In capitals."),
    example=Text("UPPER(型号)", "UPPER(model)"),
)  # fmt: skip
def _upper(site: Site) -> Value:
    done = sql('translate(upper(({}) COLLATE "C"), {}::text, {}::text)', site.text(0), SMALL, CAPITAL)
    return values.text(short(done), sure=True)


@function(
    "LOWER", "小写", TEXT, WORDS,
    doc=Text("字母改成小写。", "In small letters."),
    example=Text("LOWER(邮箱)", "LOWER(email)"),
)  # fmt: skip
def _lower(site: Site) -> Value:
    done = sql('translate(lower(({}) COLLATE "C"), {}::text, {}::text)', site.text(0), CAPITAL, SMALL)
    return values.text(short(done), sure=True)


@function(
    "TRIM", "去空格", TEXT, WORDS,
    doc=Text("去掉两头的空格（全角也算）。", "Without spaces at both ends, full-width ones included."),
    example=Text("TRIM(名称)", "TRIM(name)"),
)  # fmt: skip
def _trim(site: Site) -> Value:
    return values.text(sql("btrim({}, {}::text)", site.text(0), SPACES), sure=True)


@function(
    "SUBSTITUTE", "替换", TEXT, WORDS, PIECE, p("换成", "replacement"),
    doc=Text("把所有出现的一段文字换成另一段（都不超过 255 个字）。",
             "Every occurrence of a piece replaced by another (both at most 255 characters)."),
    example=Text('SUBSTITUTE(电话, "-", "")', 'SUBSTITUTE(phone, "-", "")'),
)  # fmt: skip
def _substitute(site: Site) -> Value:
    old, new = (sql(f"left({{}}, {MAX_PIECE})", site.text(i)) for i in (1, 2))
    return values.text(short(sql("replace({}, {}, {})", site.text(0), old, new)), sure=True)


@function(
    "REPT", "重复", TEXT, WORDS, p("次数", "times"),
    doc=Text("把一段文字重复几次（最多 100 次）。", "A text repeated so many times (at most 100)."),
    example=Text('REPT("★", 评分)', 'REPT("★", rating)'),
)  # fmt: skip
def _rept(site: Site) -> Value:
    return values.text(short(sql("repeat({}, {})", site.text(0), site.count(1, 1, highest=100))))


@function(
    "FIND", "查找", TEXT, PIECE, WORDS,
    doc=Text("一段文字第一次出现在第几个字；没有就是空。", "Where a piece first occurs in a text; blank when it does not."),
    example=Text('FIND("@", 邮箱)', 'FIND("@", email)'),
)  # fmt: skip
def _find(site: Site) -> Value:
    piece = sql("nullif(strpos({}, {}), 0)::numeric", site.text(1), site.text(0))
    return values.number(piece, whole=4, scale=0)


@function(
    "CONTAINS", "包含", TEXT, WORDS, PIECE,
    doc=Text("文字里有这一段，不分大小写。", "The text has the piece in it, whatever the case."),
    example=Text('CONTAINS(名称, "科技")', 'CONTAINS(name, "tech")'),
)  # fmt: skip
def _contains(site: Site) -> Value:
    return values.truth(sql("strpos(lower({}), lower({})) > 0", site.text(0), site.text(1)))


@function(
    "STARTSWITH", "开头是", TEXT, WORDS, PIECE,
    doc=Text("文字以这一段开头。", "The text starts with the piece."),
    example=Text('STARTSWITH(手机, "138")', 'STARTSWITH(mobile, "138")'),
)  # fmt: skip
def _startswith(site: Site) -> Value:
    return values.truth(sql("starts_with({}, {})", site.text(0), site.text(1)))


@function(
    "ENDSWITH", "结尾是", TEXT, WORDS, PIECE,
    doc=Text("文字以这一段结尾。", "The text ends with the piece."),
    example=Text('ENDSWITH(名称, "有限公司")', 'ENDSWITH(name, "Ltd")'),
)  # fmt: skip
def _endswith(site: Site) -> Value:
    return values.truth(bound("right({t}, char_length({e})) = {e}", t=site.text(0), e=site.text(1)))


def _pattern(site: Site, index: int) -> Sql:
    given = site.literal(index)
    try:
        return Sql("%s::text", (safe_pattern(given),))
    except BadPattern as found:
        node = site.args[index]
        at = min(node.at + 1 + found.at, node.at + node.length - 1)
        raise FormulaError("bad_pattern", errors.BAD_PATTERN, at, 1) from None


@function(
    "REGEXMATCH", "正则匹配", TEXT, WORDS, PATTERN,
    doc=Text("文字里有符合正则的一段。", "Some of the text matches the pattern."),
    example=Text('REGEXMATCH(手机, "^1[3-9]\\d{9}$")', 'REGEXMATCH(mobile, "^1[3-9]\\d{9}$")'),
)  # fmt: skip
def _regexmatch(site: Site) -> Value:
    return values.truth(sql("{} ~ {}", site.text(0), _pattern(site, 1)))


@function(
    "REGEXEXTRACT", "正则提取", TEXT, WORDS, PATTERN,
    doc=Text("符合正则的第一段（有括号时取第一个括号里的）；没有就是空。",
             "The first match (or its first group); blank when there is none."),
    example=Text('REGEXEXTRACT(备注, "\\d{6}")', 'REGEXEXTRACT(description, "\\d{6}")'),
)  # fmt: skip
def _regexextract(site: Site) -> Value:
    return values.text(sql("substring({} from {})", site.text(0), _pattern(site, 1)))


@function(
    "REGEXREPLACE", "正则替换", TEXT, WORDS, PATTERN, p("换成", "replacement"),
    doc=Text("把符合正则的各段换成另一段文字。", "Every match replaced by a text."),
    example=Text('REGEXREPLACE(电话, "[^0-9]", "")', 'REGEXREPLACE(phone, "[^0-9]", "")'),
)  # fmt: skip
def _regexreplace(site: Site) -> Value:
    literal = r"replace(left({}, 255), '\', '\\')"  # nothing in the replacement refers to a match
    new = sql(literal, site.text(2))
    return values.text(
        short(sql("regexp_replace({}, {}, {}, 'g')", site.text(0), _pattern(site, 1), new)), sure=True
    )
