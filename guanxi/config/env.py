"""Every setting of Guanxi, read from environment variables once, at start.

*How it works*: `Env` is a frozen dataclass; each field carries the variable's name, how its text is
read, and what it is for in both languages. `Env.read(environ)` reads them all and raises one
`WrongSettings` that names everything that does not fit. `docs/reference/settings.md` is generated
from the same fields.

*Rules*: no module reads `os.environ` for a setting of its own; a new setting is a new field here.
Values that are secret say so and are never printed.

*See*: env_values.py for how values are read, settings.py for what Django gets.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from guanxi.config.entry_settings import EntrySettings
from guanxi.config.env_setting import Setting, setting
from guanxi.config.env_values import (
    choice,
    integer,
    mail_url,
    origins,
    path,
    places,
    postgres_url,
    public_url,
    switch,
    text,
    words,
)
from guanxi.kit.text import Text


class WrongSettings(Exception):
    """One or more variables hold values that do not fit; `sentences` says which and why."""

    def __init__(self, sentences: list[Text]) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentence.en for sentence in sentences))


MOST_AUTOMATIC_PROCESSES = 4
_PARTS = ("command", "web", "worker")


@dataclass(frozen=True, slots=True)
class Env(EntrySettings):
    """The settings, typed. Read with `get_env()`."""

    home: Path = setting(
        "GUANXI_HOME",
        path(),
        Path("var"),
        "存放数据的目录：内置数据库、上传的文件、密钥。",
        "The folder of all data: embedded database, uploaded files, keys.",
        shown=Text("./var", "./var"),
    )
    host: str = setting(
        "GUANXI_HOST", text(), "127.0.0.1", "监听的地址（--host）。", "The address to listen on (--host)."
    )
    port: int = setting(
        "GUANXI_PORT", integer(1, 65535), 8000, "监听的端口（--port）。", "The port to listen on (--port)."
    )
    public_url: str = setting(
        "GUANXI_PUBLIC_URL",
        public_url(),
        "",
        "用户在浏览器里输入的网址；用于邮件里的链接。https 开头时 Cookie 只走加密连接。",
        "The address that people type into the browser; used in links in mails. "
        "When it starts with https, cookies travel over encrypted connections only.",
        shown=Text("监听的地址", "the address listened on"),
    )
    allowed_hosts: tuple[str, ...] = setting(
        "GUANXI_ALLOWED_HOSTS",
        words(),
        (),
        "除 GUANXI_PUBLIC_URL 和本机之外还接受的主机名，用逗号隔开。",
        "Host names accepted besides that of GUANXI_PUBLIC_URL and this machine, separated by commas.",
    )
    database_url: str = setting(
        "DATABASE_URL",
        postgres_url(),
        "",
        "外部 PostgreSQL（15 或更新）的地址，登录名须是库的所有者。不填则使用内置数据库。",
        "An external PostgreSQL (15 or newer), signing in as the owner of the database. "
        "Left empty, the embedded one is used.",
        shown=Text("内置数据库", "embedded database"),
        secret=True,
    )
    app_database_url: str = setting(
        "GUANXI_APP_DATABASE_URL",
        postgres_url(),
        "",
        "使用外部数据库、且所有者无权创建角色时：受限角色的登录地址。",
        "With an external database whose owner may not create roles: the login of the restricted role.",
        shown=Text("自动创建角色 guanxi_app", "the role guanxi_app is created"),
        secret=True,
    )
    secret_key: str = setting(
        "GUANXI_SECRET_KEY",
        text(at_least=32),
        "",
        "签名用的密钥，至少 32 个字符；多台机器须相同。不填则生成一次，保存在 GUANXI_HOME/secret_key。",
        "The key for signatures, at least 32 characters, the same on every machine. "
        "Left empty, one is made once and kept in GUANXI_HOME/secret_key.",
        shown=Text("自动生成", "generated"),
        secret=True,
    )
    sign_up: str = setting(
        "GUANXI_SIGN_UP",
        choice("open", "closed"),
        "open",
        "是否允许任何人注册新的工作区：open 允许，closed 仅限受邀者。生产模式下没有配置发信时一律为 closed。",
        "Whether anybody may sign up with a new workspace: open, or closed (by invitation only). In production mode it "
        "is closed without a mail server.",
    )
    email_url: str = setting(
        "GUANXI_EMAIL_URL",
        mail_url(),
        "",
        "发信服务器：smtp://用户:密码@主机:587（STARTTLS）或 smtps://用户:密码@主机:465。"
        "不填则把邮件写成 GUANXI_HOME/mail 里的文件。",
        "The outgoing mail server: smtp://user:password@host:587 (STARTTLS; add ?tls=off for a plain "
        "connection) or smtps://user:password@host:465. Left empty, mails are written to files in "
        "GUANXI_HOME/mail.",
        shown=Text("写入文件", "files"),
        secret=True,
    )
    email_from: str = setting(
        "GUANXI_EMAIL_FROM",
        text(),
        "Guanxi <guanxi@localhost>",
        "外发邮件的发件人。",
        "The sender of outgoing mails.",
    )
    bounce_mailbox: str = setting(
        "GUANXI_BOUNCE_MAILBOX",
        mail_url("imap", "imaps"),
        "",
        "发件人的收信箱，用来读退信：imaps://用户:密码@主机:993/INBOX。只读，不改动里面的邮件；不填则不读。",
        "The sender's own mailbox, where undelivered mail comes back: imaps://user:password@host:993/INBOX. It is only "
        "read, nothing in it changes. Left empty, none is.",
        secret=True,
    )
    trusted_proxies: int = setting(
        "GUANXI_TRUSTED_PROXIES",
        integer(0, 10),
        0,
        "前面有几层可信的反向代理；决定相信 X-Forwarded-For 的第几个地址。",
        "How many trusted reverse proxies stand in front; decides which address of X-Forwarded-For counts.",
    )
    web_processes: int = setting(
        "GUANXI_WEB_PROCESSES",
        integer(0, 64),
        0,
        "网页服务的进程数；0 表示按 CPU 核数（最多 4）。",
        "The number of web processes; 0 means one per CPU core, at most 4.",
    )
    worker_slots: int = setting(
        "GUANXI_WORKER_SLOTS",
        integer(1, 64),
        4,
        "后台任务同时进行的个数。",
        "How many background jobs run at the same time.",
    )
    database_pool: int = setting(
        "GUANXI_DATABASE_POOL",
        integer(2, 200),
        16,
        "每个网页进程最多使用的数据库连接数。",
        "The most database connections that one web process uses.",
    )
    token_rate: int = setting(
        "GUANXI_TOKEN_RATE",
        integer(1, 100_000_000),
        1200,
        "每个 API 令牌每分钟最多请求数；超出得到 429。",
        "The most requests a minute per API token; more get 429.",
    )
    session_rate: int = setting(
        "GUANXI_SESSION_RATE",
        integer(1, 100_000_000),
        3000,
        "每位登录用户每分钟最多请求数；超出得到 429。",
        "The most requests a minute per person signed in; more get 429.",
    )
    workspace_rate: int = setting(
        "GUANXI_WORKSPACE_RATE",
        integer(1, 100_000_000),
        30_000,
        "每个工作区（所有人和令牌合计）每分钟最多请求数；超出得到 429。",
        "The most requests a minute per workspace, all people and tokens together; more get 429.",
    )
    stranger_rate: int = setting(
        "GUANXI_STRANGER_RATE",
        integer(1, 100_000_000),
        600,
        "每个 IP 地址每分钟最多多少次未登录（或令牌无效）的请求；超出得到 429。",
        "The most requests a minute per IP address that come without a valid sign-in; more get 429.",
    )
    lock_minutes: int = setting(
        "GUANXI_LOCK_MINUTES",
        integer(1, 1440),
        15,
        "同一邮箱连续输错 5 次密码后，多少分钟内不能再用密码登录。",
        "For how many minutes an address cannot sign in by password after five wrong ones.",
    )
    cors_origins: tuple[str, ...] = setting(
        "GUANXI_CORS_ORIGINS",
        origins(),
        (),
        "允许哪些网站的网页用 API 令牌调用 API（CORS），用逗号隔开；不填则都不允许。",
        "Web sites whose pages may call the API with a token (CORS), separated by commas; none when empty.",
    )
    production: bool = setting(
        "GUANXI_PRODUCTION",
        switch(),
        False,
        "生产模式：设置不安全（调试、弱密钥、没有 https 等）时拒绝启动，guanxi doctor 报错。",
        "Production mode: weak set-ups (debugging, a weak key, no https …) are refused at start and by "
        "guanxi doctor.",
    )
    outgoing_allow: tuple[str, ...] = setting(
        "GUANXI_OUTGOING_ALLOW",
        places(),
        (),
        "允许对外请求访问的内网地址，形如 主机:端口 或 10.0.0.0/8，用逗号隔开；内网地址默认一律拒绝。",
        "Internal addresses that outgoing requests may reach, as host:port or 10.0.0.0/8, separated by commas; "
        "all internal addresses are refused otherwise.",
    )
    statement_timeout_ms: int = setting(
        "GUANXI_STATEMENT_TIMEOUT_MS",
        integer(100, 600_000),
        5000,
        "一次网页或 API 请求里单条查询的最长时间（毫秒）；超出得到「查询太重」。",
        "How long one query of a web or API request may take, in milliseconds; more is refused as too heavy.",
    )
    max_file_mb: int = setting(
        "GUANXI_MAX_FILE_MB",
        integer(1, 4096),
        25,
        "每个附件最大多少 MB；更大的会被拒绝。",
        "How many megabytes an attached file may have; larger ones are refused.",
    )
    audit_months: int = setting(
        "GUANXI_AUDIT_MONTHS",
        integer(6, 240),
        24,
        "审计日志保留多少个月，最少 6 个月；更早的月份每晚清理。",
        "How many months the audit is kept, 6 at least; older months are removed at night.",
    )
    tianyancha_token: str = setting(
        "GUANXI_TIANYANCHA_TOKEN",
        text(),
        "",
        "天眼查开放平台的 token；填了就能按名称查企业工商信息。",
        "The token of the Tianyancha open platform; with it companies can be looked up by name.",
        secret=True,
    )
    tianyancha_url: str = setting(
        "GUANXI_TIANYANCHA_URL",
        text(),
        "",
        "天眼查接口的地址；经由自己的网关时填写。",
        "The address of Tianyancha's interface, where a gateway of one's own stands before it.",
        shown=Text("官方地址", "the official one"),
    )
    qichacha_key: str = setting(
        "GUANXI_QICHACHA_KEY",
        text(),
        "",
        "企查查开放平台的 Key，与 GUANXI_QICHACHA_SECRET 一起填写。",
        "The key of the Qichacha open platform, together with GUANXI_QICHACHA_SECRET.",
        secret=True,
    )
    qichacha_secret: str = setting(
        "GUANXI_QICHACHA_SECRET",
        text(),
        "",
        "企查查开放平台的 SecretKey。",
        "The secret key of Qichacha.",
        secret=True,
    )
    qichacha_url: str = setting(
        "GUANXI_QICHACHA_URL",
        text(),
        "",
        "企查查接口的地址；经由自己的网关时填写。",
        "The address of Qichacha's interface, where a gateway of one's own stands before it.",
        shown=Text("官方地址", "the official one"),
    )
    locale: str = setting(
        "GUANXI_LOCALE",
        choice("zh-CN", "en"),
        "",
        "命令行的语言：zh-CN 或 en。不填则看系统的 LANG。",
        "The language of the command line: zh-CN or en. Left empty, the system's LANG decides.",
        shown=Text("系统语言", "the system's"),
    )
    log_level: str = setting(
        "GUANXI_LOG_LEVEL",
        choice("debug", "info", "warning", "error"),
        "info",
        "日志的详细程度。",
        "How much is logged.",
    )
    debug: bool = setting(
        "GUANXI_DEBUG",
        switch(),
        False,
        "开发用：出错时显示细节。切勿在生产环境打开。",
        "For development: show details of errors. Never switch it on in production.",
    )
    part: str = setting("GUANXI_PART", choice(*_PARTS), "command", "内部使用。", "Internal.", internal=True)
    parent: int = setting("GUANXI_PARENT", integer(0, 2**31), 0, "内部使用。", "Internal.", internal=True)
    waits: bool = setting("GUANXI_WAITS", switch(), False, "内部使用。", "Internal.", internal=True)
    db_role: str = setting(
        "GUANXI_DB_ROLE", choice("app", "owner"), "app", "内部使用。", "Internal.", internal=True
    )

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Env":
        """The settings in `environ`; raises WrongSettings naming every variable that does not fit."""
        values: dict[str, Any] = {}
        wrong: list[Text] = []
        for item in fields(cls):
            known: Setting = item.metadata["setting"]
            raw = environ.get(known.name, "").strip()
            if not raw:
                continue
            try:
                values[item.name] = known.read(raw)
            except ValueError:
                wrong.append(_wrong(known, raw))
        if wrong:
            raise WrongSettings(wrong)
        return cls(**values)

    @property
    def folder(self) -> Path:
        """GUANXI_HOME as an absolute path."""
        return self.home.expanduser().absolute()

    @property
    def is_embedded(self) -> bool:
        """Whether Guanxi runs its own PostgreSQL."""
        return not self.database_url

    @property
    def url(self) -> str:
        """The public address, without a slash at the end."""
        return self.public_url or f"http://{url_host(self.host)}:{self.port}"

    @property
    def web_process_count(self) -> int:
        """How many web processes this machine runs."""
        return self.web_processes or max(1, min(os.cpu_count() or 1, MOST_AUTOMATIC_PROCESSES))

    @property
    def is_https(self) -> bool:
        """Whether people reach Guanxi over an encrypted connection."""
        return urlsplit(self.url).scheme == "https"


def url_host(host: str) -> str:
    """`host` as it stands in an address: wildcard addresses become this machine, IPv6 gets brackets."""
    if host in ("0.0.0.0", "::", ""):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def list_settings() -> Iterable[Setting]:
    """Every setting that people may set."""
    of_others = {item.name for item in fields(EntrySettings)}
    ordered = sorted(fields(Env), key=lambda item: item.name in of_others)
    every: list[Setting] = [item.metadata["setting"] for item in ordered]
    return [meta for meta in every if not meta.is_internal]


def _wrong(meta: Setting, raw: str) -> Text:
    shown = Text("（内容保密）", "(not shown)") if meta.is_secret else Text.of(f"“{raw[:80]}”")
    return Text(
        f"环境变量 {meta.name} 的值{shown.zh}不对：应为{meta.kind.zh}。",
        f"The value {shown.en} of the environment variable {meta.name} does not fit: "
        f"it must be {meta.kind.en}.",
    )


@cache
def get_env() -> Env:
    """The settings of this process, read once."""
    return Env.read(os.environ)
