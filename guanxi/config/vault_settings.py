"""The settings of the master key: a part of `Env`.

*See*: env.py, engine/vault/masters.py.
"""

from dataclasses import dataclass

from guanxi.config.backup.settings import BackupSettings
from guanxi.config.env_setting import setting
from guanxi.config.env_values import text
from guanxi.kit.text import Text


@dataclass(frozen=True, slots=True)
class VaultSettings(BackupSettings):
    """Where the master key is."""

    master_key: str = setting(
        "GUANXI_MASTER_KEY",
        text(at_least=32),
        "",
        "加密敏感字段和附件的主密钥，至少 32 个字符；多台机器须相同。不填则首次启动时生成，保存在 GUANXI_HOME/master_key。",
        "The master key under which sensitive fields and files are encrypted, at least 32 characters, the same on "
        "every machine. Left empty, the first start makes one in GUANXI_HOME/master_key.",
        shown=Text("自动生成", "generated"),
        secret=True,
    )
    master_key_file: str = setting(
        "GUANXI_MASTER_KEY_FILE",
        text(),
        "",
        "存放主密钥的文件（每行一把，第一行生效，其余仅用于解密旧数据）；优先于 GUANXI_MASTER_KEY。",
        "The file of the master key (one a line: the first is in force, the others still decrypt); "
        "it goes before GUANXI_MASTER_KEY.",
    )
    kms_command: str = setting(
        "GUANXI_KMS_COMMAND",
        text(),
        "",
        "向密钥服务（KMS）请求的程序，以 wrap 或 unwrap 为参数调用，经 JSON 收发；主密钥从不到达本机。",
        "The program that asks a key service (KMS), called with wrap or unwrap, JSON in and out; the master key "
        "never comes to this machine then.",
    )
