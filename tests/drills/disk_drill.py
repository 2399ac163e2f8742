"""The disk is full under load: answers are sentences, nothing acknowledged is lost, and it goes on with space.

The home lies on a small file system of its own (tmpfs, else a file mounted as a disk). Each round fills it to
the last byte while two firms write and one uploads files, looks at the answers, and gives the space back.
"""

import contextlib
import os
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.drills.ledger import Report
from tests.drills.load import Load
from tests.drills.site import Site, Unknown

DEFAULT_ROUNDS = 10
FEW_ROUNDS = 1
SIZE_MB = 700
FULL_SECONDS = 6.0
HEALTHY_SECONDS = 60.0
SENTENCES = (503, 507)


class NotPermitted(Exception):
    """No file system can be mounted here."""


@contextmanager
def place(folder: Path) -> Iterator[Path]:
    """A small file system below `folder`; raises NotPermitted."""
    small = folder / "small"
    small.mkdir()
    image = folder / "disk"
    ways = (
        [["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m,mode=755", "tmpfs", str(small)]],
        [["truncate", "-s", f"{SIZE_MB}M", str(image)], ["mkfs.ext4", "-q", "-m", "0", str(image)],
         ["mount", "-o", "loop", str(image), str(small)]],
    )  # fmt: skip
    told = []
    for way in ways:
        try:
            for command in way:
                subprocess.run(command, check=True, capture_output=True, text=True)
            break
        except (subprocess.CalledProcessError, OSError) as error:
            told.append(f"{command[0]} {command[2]}: {getattr(error, 'stderr', '') or error}".strip())
    else:
        raise NotPermitted("; ".join(told))
    try:
        yield small
    finally:
        subprocess.run(["umount", "-l", str(small)], check=False, capture_output=True)


def run(site: Site, rounds: int) -> Report:
    """So many times full."""
    report = Report("disk", rounds)
    told: Counter[str] = Counter()
    longest = 0.0
    with Load(site, imports=False) as load:
        load.wait_for_progress(HEALTHY_SECONDS)
        for number in range(rounds):
            with _full(site.product.home.parent):
                until = time.monotonic() + FULL_SECONDS
                while time.monotonic() < until:
                    told.update(_answers(site))
                    time.sleep(0.3)
            try:
                longest = max(longest, load.wait_for_progress(HEALTHY_SECONDS))
            except Unknown as unknown:
                report.faults.append(f"round {number}: {unknown.how}")
    report.faults += load.faults
    report.books = load.settle()
    for how, times in (told + Counter(load.told)).items():
        if how.startswith("500"):
            report.faults.append(f"{times}× an answer without a sentence: {how}")
    report.expect(any("507" in how for how in [*told, *load.told]), "nobody was told that the disk is full")
    report.figures["works again after, s (longest)"] = round(longest, 2)
    report.figures["while it was full"] = ", ".join(f"{n}× {how}" for how, n in told.most_common())
    report.figures["writers, instead of an answer"] = ", ".join(
        f"{n}× {how}" for how, n in Counter(load.told).most_common(8)
    )
    return report


def _answers(site: Site) -> list[str]:
    """What a reader and somebody with a file are answered."""
    program, told = site.program(), []
    for name, ask in (
        ("read", lambda: program.client.post("/customer/query", json={"limit": 1})),
        ("file", lambda: program.client.post("/files", files={"file": ("a.txt", b"contract " * 60_000)})),
    ):
        try:
            answer = ask()
            code = answer.json().get("code", "") if answer.status_code >= 400 else ""
            told.append(f"{answer.status_code} {code} ({name})")
        except (httpx.HTTPError, ValueError) as error:
            told.append(f"{type(error).__name__} ({name})")
    program.close()
    return told


@contextmanager
def _full(folder: Path) -> Iterator[None]:
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as stream, contextlib.suppress(OSError):
        block = bytes(1024 * 1024)
        while True:
            stream.write(block)
    with filler.open("ab", buffering=0) as stream, contextlib.suppress(OSError):
        while True:
            stream.write(bytes(512))
    try:
        yield
    finally:
        os.unlink(filler)
