"""The finder as a process of its own: its memory is given back, and nobody waits for it who serves people.

`python -m guanxi.kit.matching.child WORK RESULT`: the first line of WORK is `{"rule", "threshold", "apart"}`,
each further one `[id, {role: texts}]`. On stdout come shares of progress, line by line; RESULT gets one
line for each cluster, the surest first, and a last one `{"capped", "compared", "pairs"}`.
"""

import json
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from guanxi.kit.matching.finding import Found, Pair, find
from guanxi.kit.matching.rules import RULES

MAX_MEMBERS = 200
MAX_EXPLAINED = 8  # each with each; in a larger cluster the rest with the first


def main(work: Path, result: Path) -> None:
    """Find and write."""
    ids: list[str] = []
    with work.open(encoding="utf-8") as file:
        head = json.loads(next(file))

        def rows() -> Iterator[dict[str, Any]]:
            for line in file:
                record_id, values = json.loads(line)
                ids.append(record_id)
                yield values

        found = find(
            rows(), RULES[head["rule"]], threshold=head["threshold"],
            apart=[(a, b) for a, b in head["apart"]], progress=lambda share: print(f"{share:.2f}", flush=True),
        )  # fmt: skip
    written = sorted(
        (_cluster(found, rows, ids) for rows in found.clusters), key=lambda c: (-c["score"], c["ids"])
    )
    with result.open("w", encoding="utf-8") as out:
        for cluster in written:
            out.write(json.dumps(cluster, ensure_ascii=False) + "\n")
        pairs = sum(len(rows) * (len(rows) - 1) // 2 for rows in found.clusters)
        out.write(
            json.dumps({"capped": found.capped.as_json(), "compared": found.compared, "pairs": pairs}) + "\n"
        )


def _cluster(found: Found, rows: list[int], ids: list[str]) -> dict[str, Any]:
    """`score` is that of the weakest of the pairs explained that hold the cluster together."""
    rows = rows[:MAX_MEMBERS]
    pairs = [found.explain(a, b) for a, b in combinations(rows[:MAX_EXPLAINED], 2)]
    pairs += [found.explain(rows[0], b) for b in rows[MAX_EXPLAINED:]]
    best: dict[int, float] = {}
    for pair in pairs:
        for row in (pair.a, pair.b):
            best[row] = max(best.get(row, 0.0), pair.score)
    return {
        "ids": [ids[row] for row in rows],
        "score": round(min(best.values()), 4),
        "pairs": [_pair(pair, ids) for pair in sorted(pairs, key=lambda p: -p.score)],
    }


def _pair(pair: Pair, ids: list[str]) -> dict[str, Any]:
    reasons = [{"field": r.field, "level": r.level, "bits": round(r.bits, 1)} for r in pair.reasons]
    return {"a": ids[pair.a], "b": ids[pair.b], "score": round(pair.score, 4), "reasons": reasons}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
