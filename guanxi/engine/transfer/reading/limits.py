"""What a file may be: limits, and the sentences that refuse it.

*Rules*: every limit is stated to people in the sentence that refuses; nothing is cut off in silence.
"""

from guanxi.kit.errors import Problem, TooLarge
from guanxi.kit.text import Text

MAX_FILE_BYTES = 256 * 1024 * 1024
MAX_ROWS = 1_048_576
MAX_COLUMNS = 500
MAX_CELL = 32_768
MAX_LONG_CELL = 100_000
# The csv module gives up on a cell beyond this; below it, an over-long cell refuses its row alone.
MAX_PARSED_CELL = 4 * 1024 * 1024
MAX_ARCHIVE_ENTRIES = 4_000
MAX_UNPACKED_BYTES = 1_500 * 1024 * 1024
# Real spreadsheets pack 5 to 40 times; monotonous ones reach 100. Small parts may pack better still.
MAX_RATIO = 250
RATIO_FREE_BYTES = 8 * 1024 * 1024
CONVERT_SECONDS = 120
CONVERT_MEMORY_BYTES = 3 * 1024 * 1024 * 1024

NUL = Text("有不能保存的字符（NUL）。", "There is a character that cannot be kept (NUL).")
LOSSY = Text(
    "有 {encoding} 编码读不出的字符，请改好这一格。",
    "A character cannot be read in the encoding {encoding}. Correct this cell.",
)
TOO_MANY_CELLS = Text(
    "这一行有 {count} 格，比表头的 {width} 格多，请检查是否少了引号或多了分隔符。",
    "This row has {count} cells, the header has {width}. Check for a missing quotation mark or a surplus separator.",
)
CELL_TOO_LONG = Text(
    "这一格有 {length} 个字，最多 {max} 个。", "This cell has {length} characters; at most {max} are allowed."
)
UNCLOSED = Text(
    "这一行有一个引号没有结束，后面的内容都被并进了这一格。",
    "A quotation mark in this row is never closed; everything after it has run into this cell.",
)


class Unreadable(Problem):
    """The file is not a table that we can read."""

    status, code = 422, "not_a_table"
    text = Text(
        "这个文件不是表格。请上传 CSV 或 Excel（xlsx）文件。",
        "This file is not a table. Upload a CSV or Excel (xlsx) file.",
    )


EMPTY_FILE = Text("文件是空的。", "The file is empty.")
HEADER_ONLY = Text("文件只有表头，没有数据行。", "The file has a header and no rows below it.")
NO_HEADER = Text("文件里找不到表头。", "No header row was found in the file.")
WRONG_KIND = Text(
    "这个文件的内容是 {kind}，不是表格。请上传 CSV 或 Excel（xlsx）文件。",
    "The content of this file is {kind}, not a table. Upload a CSV or Excel (xlsx) file.",
)
IS_PAGE = Text(
    "这个文件其实是网页格式。请用 Excel 或 WPS 打开，另存为 xlsx 后再上传。",
    "This file is really a web page. Open it in a spreadsheet program, save it as xlsx, then upload that.",
)
IS_PROTECTED = Text(
    "这个表格有密码保护。请去掉密码后再上传。",
    "This workbook is protected by a password. Remove it, then upload again.",
)
IS_BROKEN = Text("这个表格文件损坏，打不开。", "This workbook is damaged and cannot be opened.")
IS_BOMB = Text(
    "这个表格解压后过大（上限 {max} MB，压缩比上限 {ratio}），已拒绝。",
    "This workbook unpacks to too much (at most {max} MB, at most {ratio} times its size) and was refused.",
)
NO_SUCH_SHEET = Text("没有名为「{sheet}」的工作表。", "There is no sheet named “{sheet}”.")
WRONG_ENCODING = Text("不能用 {encoding} 编码读这个文件。", "This file cannot be read as {encoding}.")
WRONG_SEPARATOR = Text(
    "分隔符只能是一个字符，不能是字母、数字或引号。",
    "The separator is one character, no letter, digit or quotation mark.",
)
FILE_TOO_LARGE = Text("文件超过 {max} MB。请拆成几个文件。", "The file is larger than {max} MB. Split it up.")
TOO_MANY_ROWS = Text("文件超过 {max} 行。请拆成几个文件。", "The file has more than {max} rows. Split it up.")
TOO_MANY_COLUMNS = Text("文件超过 {max} 列。", "The file has more than {max} columns.")
CELL_BEYOND_READING = Text(
    "第 {row} 行附近有一格超过 {max} 个字，很可能是引号没有结束。",
    "Near row {row} a cell has more than {max} characters; most likely a quotation mark is not closed.",
)


def empty_file() -> Unreadable:
    """There is nothing in the file."""
    return Unreadable(EMPTY_FILE, code="empty_file")


def file_too_large() -> TooLarge:
    """Beyond the limit for uploads."""
    return TooLarge(FILE_TOO_LARGE, code="file_too_large", max=MAX_FILE_BYTES // 1024**2)


def bomb() -> TooLarge:
    """An archive that unpacks to more than it may."""
    return TooLarge(IS_BOMB, code="unpacks_too_large", max=MAX_UNPACKED_BYTES // 1024**2, ratio=MAX_RATIO)
