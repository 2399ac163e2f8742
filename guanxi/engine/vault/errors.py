"""What can go wrong with keys: named by where a key is kept, and never printed."""

from guanxi.kit.errors import Problem
from guanxi.kit.text import Text


class MasterKeyTrouble(Problem):
    """The master key is missing, unreadable, too short, or not the one that the data keys were wrapped with."""

    status, code = 503, "master_key"


class Undecipherable(Problem):
    """What is stored was changed, copied from another place, or is under a key that is gone."""

    status, code = 500, "undecipherable"
    text = Text(
        "加密的内容解不开：它被改动过，或是从别处复制来的。请联系管理员。",
        "Encrypted content cannot be opened: it was changed, or copied from another place. Tell the administrator.",
    )


MISSING = Text(
    "没有主密钥：{place} 不存在，而数据库里已有用它加密的内容。请从密钥备份恢复它。",
    "There is no master key: {place} does not exist, and the database holds content encrypted with it. "
    "Restore it from the backup of the keys.",
)
UNREADABLE = Text("读不了主密钥 {place}：{reason}。", "The master key {place} cannot be read: {reason}.")
SHORT = Text(
    "主密钥 {place} 太短，至少要 {least} 个字符。请确认文件没有被截断。",
    "The master key {place} is too short: it needs at least {least} characters. See that it was not cut off.",
)
OTHER = Text(
    "主密钥 {place}（指纹 {has}）不是加密数据时用的那把（指纹 {needs}）。请恢复原来的主密钥；"
    "要换新的，请把旧的放在新的下面一行，再执行 guanxi keys rotate --master。",
    "The master key {place} (fingerprint {has}) is not the one that the data was encrypted with (fingerprint "
    "{needs}). Restore the former one. To change it, put the old one on the line below the new one, then run "
    "guanxi keys rotate --master.",
)
DAMAGED = Text(
    "数据库里的数据密钥已损坏：主密钥 {place} 打不开它（指纹 {needs}）。请从备份恢复。",
    "A data key in the database is damaged: the master key {place} (fingerprint {needs}) does not open it. "
    "Restore it from a backup.",
)
KMS = Text(
    "密钥服务（{place}）没有给出结果：{reason}。",
    "The key service ({place}) gave no answer: {reason}.",
)
