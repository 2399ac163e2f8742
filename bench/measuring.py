"""Timing pieces of work and writing down what came out."""

import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any


@dataclass
class Report:
    """The figures of one run of one case."""

    case: str
    conditions: dict[str, Any]
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, name: str, ours: float, floor: float | None, unit: str = "ms") -> None:
        """Ours against the raw floor of the same work, in the same run."""
        ratio = round(ours / floor, 2) if floor else None
        kept = None if floor is None else round(floor, 3)
        self.figures[name] = {"ours": round(ours, 3), "floor": kept, "ratio": ratio, "unit": unit}

    def as_json(self) -> dict[str, Any]:
        """`{"case", "conditions", "figures"}`."""
        return {"case": self.case, "conditions": self.conditions, "figures": self.figures}

    def table(self) -> str:
        """The figures for reading."""
        lines = [f"{self.case}: " + ", ".join(f"{key} {value}" for key, value in self.conditions.items())]
        lines.append(f"{'':44}{'ours':>12}{'floor':>12}{'ratio':>8}  unit")
        for name, row in self.figures.items():
            floor = "-" if row["floor"] is None else f"{row['floor']:.2f}"
            ratio = "-" if row["ratio"] is None else f"{row['ratio']:.2f}"
            lines.append(f"{name:44}{row['ours']:>12.2f}{floor:>12}{ratio:>8}  {row['unit']}")
        return "\n".join(lines)


def conditions(**more: Any) -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "python": platform.python_version(),
        **more,
    }


def p50(work: Callable[[], Any], *, times: int = 60, warm: int = 8) -> float:
    """The median milliseconds of `work`."""
    for _ in range(warm):
        work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)
