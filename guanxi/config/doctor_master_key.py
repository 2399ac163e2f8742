"""The check of `guanxi doctor` that looks at the master key.

*Rules*: see doctor.py; the key is named by its place and fingerprint and never shown.
"""

import stat
from collections.abc import Callable

from guanxi.config.diagnosis import Check
from guanxi.engine.tenancy.chores import list_workspaces
from guanxi.engine.tenancy.context import session
from guanxi.engine.vault.errors import MasterKeyTrouble
from guanxi.engine.vault.keys import try_keys
from guanxi.engine.vault.masters import forget_master, get_master, is_own, own_file
from guanxi.kit.text import Text

_LABEL = Text("主密钥", "Master key")
MOST_WORKSPACES = 50


def master_key() -> Check:
    """The master key is there, readable to us alone, and opens what is encrypted."""
    file = own_file()
    if is_own() and file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
        found = Text("别的用户可以读取 {file}", "other users can read {file}")
        return Check("master_key", _LABEL, "fail", found, Text.of("chmod 600 {file}"), {"file": file})
    try:
        forget_master()
        master = get_master()
        fingerprint = master.fingerprint()
        changing = []
        for workspace in list_workspaces()[:MOST_WORKSPACES]:
            with session(workspace.id):
                if try_keys(workspace.id):
                    changing.append(workspace.slug)
    except MasterKeyTrouble as trouble:
        advice = Text(
            "主密钥只在密钥备份里：见手册「加密」一章。",
            "The master key is in the backup of the keys alone: see the chapter “Encryption” of the guide.",
        )
        return Check("master_key", _LABEL, "fail", trouble.text, advice, dict(trouble.values))
    if changing:
        found = Text("检索密钥还没换完：{workspaces}", "the index key is still changing: {workspaces}")
        advice = Text(
            "若没有正在执行，请再执行一次 guanxi keys rotate --workspace {workspace} --index，它会接着做完。",
            "Unless it is at work, run guanxi keys rotate --workspace {workspace} --index again: it goes on.",
        )
        told: dict[str, object] = {"workspaces": ", ".join(changing[:5]), "workspace": changing[0]}
        return Check("master_key", _LABEL, "warn", found, advice, told)
    found = Text("{place}，指纹 {fingerprint}", "{place}, fingerprint {fingerprint}")
    return Check(
        "master_key", _LABEL, "ok", found, values={"place": master.place, "fingerprint": fingerprint}
    )


CHECK: tuple[Text, Callable[[], Check]] = (_LABEL, master_key)
