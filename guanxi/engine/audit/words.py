"""What the seal's findings are called, on the screen and on the command line."""

from guanxi.kit.text import Text

STREAM: dict[str, Text] = {
    "audit": Text("审计日志", "audit"),
    "journal": Text("变更记录", "journal of changes"),
}
HOW: dict[str, Text] = {
    "edited": Text("条目 {row} 的内容被改过（第 {block} 块）", "entry {row} was edited (block {block})"),
    "deleted": Text("条目 {row} 被删除（第 {block} 块）", "entry {row} was deleted (block {block})"),
    "inserted": Text(
        "条目 {row} 是事后插入的（第 {block} 块）", "entry {row} was inserted afterwards (block {block})"
    ),
    "reordered": Text(
        "条目 {row} 的次序被调换（第 {block} 块）", "entry {row} was moved out of its order (block {block})"
    ),
    "truncated": Text(
        "末尾被截去，从条目 {row} 起（第 {block} 块）",
        "the end was cut off, from entry {row} on (block {block})",
    ),
    "cut_off": Text(
        "封存文件里有、库里却没有第 {block} 块及之后的块：末尾被截去，或恢复了较早的备份",
        "the file outside knows block {block}, the database does not: the end was cut off, or an older backup restored",
    ),
    "block_edited": Text("第 {block} 块的封存被改过", "the seal of block {block} was edited"),
    "block_deleted": Text("第 {block} 块的封存被删除", "the seal of block {block} was deleted"),
    "rewritten": Text(
        "第 {block} 块与库外的封存文件不符，封存被整个重写过",
        "block {block} is not the one in the file outside the database: the seal was rewritten",
    ),
}
