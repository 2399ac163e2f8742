"""Text that a spreadsheet program would take for a formula, and how it is made harmless.

An apostrophe in front is what such programs themselves use for "this is text"; `original` takes it off
when such a file is imported again.
"""

STARTS = frozenset("=+-@\t\r\n＝＋－＠")
MARK = "'"


def is_formula(text: str) -> bool:
    """True when the first character would start a formula."""
    return text[:1] in STARTS and bool(text)


def neutral(text: str) -> str:
    """`text`, marked as text where it would be run."""
    return MARK + text if is_formula(text.lstrip(MARK)) else text


def original(text: str) -> str:
    """What `neutral` was given."""
    return text[1:] if text.startswith(MARK) and is_formula(text.lstrip(MARK)) else text
