"""The settings of backups: a part of `Env`.

*See*: ../env.py.
"""

from dataclasses import dataclass

from guanxi.config.env_setting import setting
from guanxi.config.env_values import choice, clock_time, public_url, switch, text
from guanxi.kit.text import Text


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """Where copies go, when they are made, and with which key."""

    backup_to: str = setting(
        "GUANXI_BACKUP_TO",
        text(),
        "",
        "备份放在哪个目录，最好在另一块磁盘或另一台机器上；也可以是存储桶，如 s3://桶名/目录。填了就每天自动备份一次；"
        "不填则只在手动执行和升级前备份，放在 GUANXI_HOME/backups。",
        "The folder for backups, best on another disk or machine, or a bucket such as s3://bucket/folder. Once it "
        "is set, a backup is made every day; left empty, only by hand and before upgrades, into "
        "GUANXI_HOME/backups.",
        shown=Text("不自动备份", "no daily backup"),
    )
    backup_at: str = setting(
        "GUANXI_BACKUP_AT",
        clock_time(),
        "02:30",
        "每天几点自动备份（本机时间）。",
        "The time of the daily backup, by the clock of the machine.",
    )
    backup_key: str = setting(
        "GUANXI_BACKUP_KEY",
        text(at_least=32),
        "",
        "加密备份用的密钥，至少 32 个字符。也可以用 GUANXI_BACKUP_KEY_FILE 指定文件。",
        "The key that seals backups, at least 32 characters; or name a file in GUANXI_BACKUP_KEY_FILE.",
        secret=True,
    )
    backup_key_file: str = setting(
        "GUANXI_BACKUP_KEY_FILE",
        text(),
        "",
        "存放备份密钥的文件。都不填则生成一次，保存在 GUANXI_HOME/backup_key：请另外保存一份。",
        "The file that holds the key of backups. Without either, one is made once and kept in "
        "GUANXI_HOME/backup_key: keep a copy of it elsewhere.",
        shown=Text("GUANXI_HOME/backup_key", "GUANXI_HOME/backup_key"),
    )
    backup_keys_to: str = setting(
        "GUANXI_BACKUP_KEYS_TO",
        text(),
        "",
        "系统密钥（secret_key 等）的加密副本放在哪个目录；它从不与数据放在同一个文件里。不填则不复制。",
        "The folder for sealed copies of the installation's own keys (secret_key and the like), which are "
        "never in the same file as the data. Left empty, they are not copied.",
        shown=Text("不复制", "not copied"),
    )
    s3_endpoint: str = setting(
        "GUANXI_S3_ENDPOINT",
        public_url(),
        "",
        "存储桶服务的地址（OSS、COS、OBS、MinIO 等）；不填则是亚马逊 S3。",
        "The address of the service that keeps the bucket (OSS, COS, OBS, MinIO …); Amazon S3 when empty.",
        shown=Text("亚马逊 S3", "Amazon S3"),
    )
    s3_region: str = setting(
        "GUANXI_S3_REGION",
        text(),
        "us-east-1",
        "存储桶所在的区域，如 cn-north-1；MinIO 一般不用改。",
        "The region of the bucket, such as cn-north-1; MinIO is content with the default.",
    )
    s3_access_key: str = setting(
        "GUANXI_S3_ACCESS_KEY",
        text(),
        "",
        "访问存储桶的 Access Key。",
        "The access key for the bucket.",
        secret=True,
    )
    s3_secret_key: str = setting(
        "GUANXI_S3_SECRET_KEY",
        text(),
        "",
        "访问存储桶的 Secret Key。",
        "The secret key for the bucket.",
        secret=True,
    )
    s3_addressing: str = setting(
        "GUANXI_S3_ADDRESSING",
        choice("auto", "path", "host"),
        "auto",
        "桶名写在网址的哪里：path（https://主机/桶名）或 host（https://桶名.主机）；auto 时，IP 和单个词的主机名用 path。",
        "Where the bucket's name goes: path (https://host/bucket) or host (https://bucket.host); with auto, path "
        "for IP addresses and host names of one word.",
    )
    backup_before_upgrade: bool = setting(
        "GUANXI_BACKUP_BEFORE_UPGRADE",
        switch(),
        True,
        "升级数据库之前先备份；备份失败就不升级。",
        "Back up before the database is upgraded; when that fails, it is not upgraded.",
    )
    wal_archive: str = setting(
        "GUANXI_WAL_ARCHIVE",
        text(),
        "",
        "内置数据库的日志（WAL）归档目录；填了就能恢复到任意时刻（见「备份与恢复」一章）。",
        "The folder to which the embedded database archives its log (WAL), for restoring to any moment "
        "(see the chapter on backups).",
        shown=Text("不归档", "not archived"),
    )
