"""`script/advisories FILE…`: which locked components have a published weakness, and which of them are past their time.

*How it works*: the components are those of uv.lock and frontend/package-lock.json. The weaknesses come from files in the
OSV format that whoever releases brings along, since checks here need no network:
`https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip` and `…/npm/all.zip`, or single advisories as JSON.
The times are those of SECURITY.md, from the day an advisory was published. One that does not say how severe it is
counts as high; a version that cannot be compared counts as affected.

*Rules*: exit code 1 when a component is past its time, 2 when a file cannot be read. Withdrawn advisories do not count.
"""

import json
import re
import sys
import tomllib
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).parent.parent
DAYS = {"critical": 7, "high": 30, "moderate": 90, "medium": 90, "low": 90}
"""By severity, the days of SECURITY.md."""

Component = tuple[str, str]
"""Ecosystem (`PyPI`, `npm`) and name."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A component with a weakness, and the last day on which it may still be there."""

    due: date
    ecosystem: str
    name: str
    version: str
    advisory: str
    severity: str


def locked(root: Path = ROOT) -> dict[Component, set[str]]:
    """Every locked component with its versions."""
    found: dict[Component, set[str]] = defaultdict(set)
    for each in tomllib.loads((root / "uv.lock").read_text(encoding="utf-8"))["package"]:
        if "version" in each and "virtual" not in each.get("source", {}):
            found["PyPI", normal(each["name"])].add(each["version"])
    packages = json.loads((root / "frontend/package-lock.json").read_text(encoding="utf-8"))["packages"]
    for place, each in packages.items():
        if place and "version" in each:
            found["npm", each.get("name") or place.rpartition("node_modules/")[2]].add(each["version"])
    return found


def normal(name: str) -> str:
    """The one name of a Python package."""
    return re.sub(r"[-_.]+", "-", name).lower()


def advisories(files: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """The advisories in files: archives of JSON files, one advisory, or a list. Raises OSError, ValueError."""
    for file in files:
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                for name in archive.namelist():
                    if name.endswith(".json"):
                        yield json.loads(archive.read(name))
            continue
        told = json.loads(file.read_text(encoding="utf-8"))
        yield from told if isinstance(told, list) else [told]


def findings(known: Iterable[Mapping[str, Any]], components: Mapping[Component, set[str]]) -> list[Finding]:
    """The weaknesses of the components, the most pressing first."""
    found: set[Finding] = set()
    for advisory in known:
        if advisory.get("withdrawn"):
            continue
        severity = _severity(advisory)
        published = datetime.fromisoformat(advisory["published"]).date()
        due = published + timedelta(days=DAYS[severity])
        for part in advisory.get("affected", ()):
            package = part.get("package", {})
            ecosystem, name = package.get("ecosystem", ""), package.get("name", "")
            name = normal(name) if ecosystem == "PyPI" else name
            for version in components.get((ecosystem, name), ()):
                if _is_affected(version, part):
                    found.add(Finding(due, ecosystem, name, version, advisory["id"], severity))
    return sorted(found)


def _severity(advisory: Mapping[str, Any]) -> str:
    said = str((advisory.get("database_specific") or {}).get("severity") or "").lower()
    return said if said in DAYS else "high"


def _is_affected(version: str, part: Mapping[str, Any]) -> bool:
    if version in part.get("versions", ()):
        return True
    ranges = [r for r in part.get("ranges", ()) if r.get("type") in ("SEMVER", "ECOSYSTEM")]
    return any(_is_within(version, each.get("events", ())) for each in ranges)


def _is_within(version: str, events: Iterable[Mapping[str, str]]) -> bool:
    """True when the events of a range, in their order, leave the version affected."""
    inside = False
    try:
        own = Version(version)
        for event in events:
            if "introduced" in event and (event["introduced"] == "0" or own >= Version(event["introduced"])):
                inside = True
            if "fixed" in event and own >= Version(event["fixed"]):
                inside = False
            if "last_affected" in event and own > Version(event["last_affected"]):
                inside = False
    except InvalidVersion:
        return True
    return inside


def main(files: list[str], today: date) -> int:
    """Print what is found; gives the exit code."""
    if not files:
        print(__doc__)
        return 2
    components = locked()
    try:
        found = findings(advisories(map(Path, files)), components)
    except (OSError, ValueError, KeyError) as error:
        print(f"The advisories cannot be read: {error}")
        return 2
    for each in found:
        late = "PAST ITS TIME" if each.due < today else "until"
        print(
            f"{each.ecosystem} {each.name} {each.version}: {each.advisory} ({each.severity}), {late} {each.due}"
        )
    late = sum(each.due < today for each in found)
    print(f"{len(components)} components, {len(found)} with a published weakness, {late} past their time.")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], datetime.now(UTC).date()))
