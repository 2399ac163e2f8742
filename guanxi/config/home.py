"""GUANXI_HOME: made, checked for room, and held by one `guanxi up` at a time.

*How it works*: `hold` takes an exclusive lock on `up.lock`, which the kernel lets go of however the
process ends, and writes its address into it for whoever comes second.
"""

import errno
import fcntl
import json
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from guanxi.config.console import Stop
from guanxi.config.embedded import make_home
from guanxi.config.env import Env
from guanxi.kit.text import Text

LEAST_FREE_MB = 300


@contextmanager
def hold(env: Env) -> Iterator[None]:
    """Be the only `guanxi up` of this home; raises Stop naming the address of the other."""
    make_home(env.folder)
    with open(env.folder / "up.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            address, pid = _read(lock.name)
            raise Stop(_ALREADY_UP, address=address, pid=pid, home=env.folder) from None
        lock.seek(0)
        lock.truncate()
        json.dump({"address": env.url, "pid": os.getpid()}, lock)
        lock.flush()
        yield
        lock.truncate(0)


def is_up(home: Path) -> bool:
    """Whether a `guanxi up` runs on this home."""
    try:
        with open(home / "up.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def free_mb(home: Path) -> int:
    """Megabytes free on the disk of `home` (or of the nearest folder above that exists)."""
    while not home.exists() and home != home.parent:
        home = home.parent
    return shutil.disk_usage(home).free // (1024 * 1024)


def check_room(home: Path) -> None:
    """Raises Stop when the disk is too full to start on."""
    free = free_mb(home)
    if free < LEAST_FREE_MB:
        raise Stop(_NO_ROOM, free=free, home=home, needed=LEAST_FREE_MB)


def check_port(host: str, port: int) -> None:
    """Raises Stop when we cannot listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            other = port + 1 if port < 65535 else port - 1
            text = _PORT_TROUBLE.get(error.errno or 0, _CANNOT_LISTEN)
            raise Stop(text, host=host, port=port, other=other, reason=error.strerror or error) from error


def _read(path: str) -> tuple[str, object]:
    try:
        found = json.loads(Path(path).read_text())
        return str(found["address"]), found["pid"]
    except (OSError, ValueError, KeyError):
        return "?", "?"


_ALREADY_UP = Text(
    "Guanxi 已经在用这个数据目录运行：{address}（进程 {pid}，目录 {home}）。",
    "Guanxi is already running on this home: {address} (process {pid}, folder {home}).",
)
_NO_ROOM = Text(
    "磁盘快满了：{home} 只剩 {free} MB，至少需要 {needed} MB。请清理磁盘，或用 GUANXI_HOME 换一个位置。",
    "The disk is nearly full: {free} MB are left at {home}, and {needed} MB are needed. "
    "Free some space, or choose another place with GUANXI_HOME.",
)
_CANNOT_LISTEN = Text(
    "无法在 {host}:{port} 监听：{reason}。请用 --host 和 --port 换一个地址。",
    "Cannot listen on {host}:{port}: {reason}. Choose another address with --host and --port.",
)
_PORT_TROUBLE = {
    errno.EADDRINUSE: Text(
        "端口 {port}（{host}）已被别的程序占用。请关闭那个程序，或换一个端口，如 --port {other}。",
        "Port {port} on {host} is taken by another program. "
        "Stop that program, or choose another port, such as --port {other}.",
    ),
    errno.EACCES: Text(
        "没有权限使用端口 {port}。请换一个 1024 以上的端口，如 --port 8000。",
        "Port {port} is reserved for the administrator. Choose one above 1024, such as --port 8000.",
    ),
    errno.EADDRNOTAVAIL: Text(
        "本机没有地址 {host}。请用 --host 127.0.0.1（仅本机）或 --host 0.0.0.0（所有网络）。",
        "This machine has no address {host}. "
        "Use --host 127.0.0.1 (this machine only) or --host 0.0.0.0 (every network).",
    ),
}
