"""`serial`: a number the program gives out, by a pattern."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import Env, FieldType, Refusal
from guanxi.engine.schema.field_types.operators import TEXT_OPERATORS
from guanxi.engine.schema.field_types.text import clean_text
from guanxi.kit.text import Text

BAD_PATTERN = Text(
    "pattern 应恰有一个计数位，例如 SO-{YYYY}{MM}-{0000}。",
    "pattern must hold exactly one counter, such as SO-{YYYY}{MM}-{0000}.",
)
BAD_RESET = Text("reset 只能是 none、day、month 或 year。", "reset must be none, day, month or year.")
PATTERN_TOO_COARSE = Text(
    "按 {reset} 重新计数时，pattern 里要写明相应的日期，否则号码会重复。",
    "With reset {reset} the pattern must name that period, or numbers would repeat.",
)

_TOKEN = re.compile(r"\{(YYYY|YY|MM|DD|0{1,10})\}")
_PERIODS: dict[str, tuple[str, ...]] = {
    "none": (),
    "year": ("Y",),
    "month": ("Y", "MM"),
    "day": ("Y", "MM", "DD"),
}


def period_key(reset: str, when: date) -> str:
    """The counter a number of that day belongs to: ``, `2026`, `202603` or `20260305`."""
    parts = (f"{when.year:04}", f"{when.month:02}", f"{when.day:02}")
    return "".join(parts[: len(_PERIODS[reset])])


def render(pattern: str, number: int, when: date) -> str:
    """The pattern with its date and counter filled in; a counter that outgrows its zeros gets wider."""

    def fill(found: re.Match[str]) -> str:
        token = found[1]
        if token[0] == "0":
            return f"{number:0{len(token)}}"
        return {
            "YYYY": f"{when.year:04}",
            "YY": f"{when.year % 100:02}",
            "MM": f"{when.month:02}",
            "DD": f"{when.day:02}",
        }[token]

    return _TOKEN.sub(fill, pattern)


def number_of(pattern: str, reset: str, value: str) -> tuple[str, int] | None:
    """The period and the counter in a value of `pattern`, the reverse of `render`; None where it is none."""
    parts: list[str] = []
    seen: set[str] = set()
    at = 0
    for token in _TOKEN.finditer(pattern):
        name = "N" if token[1][0] == "0" else token[1]
        digits = f"[0-9]{{{len(token[1])}{',18' if name == 'N' else ''}}}"
        parts += [re.escape(pattern[at : token.start()]), digits if name in seen else f"(?P<{name}>{digits})"]
        seen.add(name)
        at = token.end()
    found = re.fullmatch("".join(parts) + re.escape(pattern[at:]), value)
    if found is None:
        return None
    told = found.groupdict()
    told["Y"] = told.get("YYYY") or f"20{told.get('YY', '')}"
    return "".join(told[part] for part in _PERIODS[reset]), int(told["N"])


class SerialFieldType(FieldType):
    """Text like `SO-202603-0042`. The store gives the numbers out, one by one and without gaps."""

    type = "serial"
    formula_kind = "text"
    label = Text("流水号", "Serial number")
    doc = Text(
        "按规则自动编号，可按日、月、年重新计数。",
        "Numbered by a pattern, from 1 again each day, month or year if set.",
    )
    operators = TEXT_OPERATORS
    can_be_unique = True
    can_be_searched = True
    always_readonly = True
    given_once = True
    default_pattern: ClassVar[str] = "{YYYY}{MM}-{0000}"
    default_reset: ClassVar[str] = "month"

    def pattern(self, field: FieldDef) -> str:
        """The field's pattern."""
        return str(field.config.get("pattern", self.default_pattern))

    def reset(self, field: FieldDef) -> str:
        """When counting starts again: none, day, month, year."""
        return str(field.config.get("reset", self.default_reset if "pattern" not in field.config else "none"))

    def period_key(self, field: FieldDef, when: date) -> str:
        """The counter that a record made on `when` (workspace zone) counts on."""
        return period_key(self.reset(field), when)

    def render(self, field: FieldDef, number: int, when: date) -> str:
        """The value of the `number`th record of its period."""
        return render(self.pattern(field), number, when)

    def number_of(self, field: FieldDef, value: str) -> tuple[str, int] | None:
        """The (period, number) that this field would have rendered as `value`; None for any other text."""
        return number_of(self.pattern(field), self.reset(field), value)

    def parse(self, value: Any, field: FieldDef, env: Env) -> str | None:
        """A number as written (for filters, and for imports that bring their own)."""
        return clean_text(value, 100, one_line=True)

    def check_config(self, config: Mapping[str, Any]) -> dict[str, Any]:
        """`pattern` with one counter, at most 60 characters; `reset` that the pattern's date can tell apart."""
        pattern = config.get("pattern", self.default_pattern)
        reset = config.get("reset", self.default_reset if "pattern" not in config else "none")
        if not isinstance(pattern, str) or len(pattern) > 60 or not pattern.isprintable():
            raise Refusal("bad_config", BAD_PATTERN)
        tokens = _TOKEN.findall(pattern)
        rest = _TOKEN.sub("", pattern)
        if sum(token[0] == "0" for token in tokens) != 1 or "{" in rest or "}" in rest:
            raise Refusal("bad_config", BAD_PATTERN)
        if not isinstance(reset, str) or reset not in _PERIODS:
            raise Refusal("bad_config", BAD_RESET)
        if any(not any(token.startswith(part) for token in tokens) for part in _PERIODS[reset]):
            raise Refusal("bad_config", PATTERN_TOO_COARSE, reset=reset)
        return {"pattern": pattern, "reset": reset}
