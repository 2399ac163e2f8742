"""The states of an import and what may be done in which.

draft → queued → running → done → (undoing →) undone; running → failed → queued again, where it stopped.
"""

from guanxi.kit.errors import Conflict
from guanxi.kit.text import Text

DRAFT, QUEUED, RUNNING, DONE, FAILED = "draft", "queued", "running", "done", "failed"
UNDOING, UNDONE = "undoing", "undone"

_ALLOWED = {
    "change": {DRAFT},
    "preview": {DRAFT},
    # Again while it runs: whoever finds it stuck may push it; two workers never write the same chunk.
    "run": {DRAFT, FAILED, QUEUED, RUNNING},
    "work": {QUEUED, RUNNING},
    "fix": {DONE},
    "undo": {DONE, FAILED},
}
_STATE_NAMES = {
    DRAFT: Text("草稿", "a draft"),
    QUEUED: Text("排队中", "waiting to run"),
    RUNNING: Text("正在导入", "running"),
    DONE: Text("已完成", "done"),
    FAILED: Text("已中断", "stopped by an error"),
    UNDOING: Text("正在撤销", "being undone"),
    UNDONE: Text("已撤销", "undone"),
}
NOT_NOW = Text("这次导入{state}，现在不能这样做。", "This import is {state}; that cannot be done now.")


def allows(status: str, verb: str) -> bool:
    """True when an import in `status` may be `verb`-ed."""
    return status in _ALLOWED[verb]


def require(status: str, verb: str, locale: str) -> None:
    """Raise Conflict unless `allows`."""
    if not allows(status, verb):
        raise Conflict(NOT_NOW, code="wrong_state", state=_STATE_NAMES[status].in_(locale))
