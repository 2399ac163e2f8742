"""The functions as the table of the guide, in one language."""

from guanxi.engine.schema.formulas.functions import GROUPS, function_registry

HEADS = {
    "zh-CN": ("函数", "中文名", "作用", "例子"),
    "en": ("Function", "In Chinese", "What it gives", "Example"),
}


def function_table(locale: str) -> str:
    """Markdown: a heading and a table for each shelf."""
    lines: list[str] = []
    for group in GROUPS:
        lines += [
            f"### {group.label.in_(locale)}",
            "",
            "| " + " | ".join(HEADS[locale]) + " |",
            "|---|---|---|---|",
        ]
        for item in function_registry:
            if item.group is group:
                cells = (
                    f"`{item.signature.in_(locale)}`",
                    item.zh,
                    item.doc.in_(locale),
                    f"`{item.example.in_(locale)}`",
                )
                lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        lines.append("")
    return "\n".join(lines)
