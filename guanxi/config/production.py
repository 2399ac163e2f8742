"""What makes a set-up too weak for production.

*How it works*: `weaknesses` looks at the settings alone and gives one sentence each. In production mode
(GUANXI_PRODUCTION=on) `guanxi up`, `guanxi web` and `guanxi worker` refuse to start with any, and `guanxi doctor` fails.

*Rules*: no secret stands in a sentence; what needs the database is doctor_database_checks.py's.
"""

from urllib.parse import urlsplit

from psycopg.conninfo import conninfo_to_dict

from guanxi.config.console import Stop
from guanxi.config.env import Env
from guanxi.kit.text import Text

LEAST_KEY = 32
LEAST_DIFFERENT = 12
# Keys copied from somebody's instructions.
_LOCAL = ("127.0.0.1", "localhost", "::1")
_KNOWN_PARTS = ("changeme", "change-me", "change_me", "insecure", "example", "only-for-tests", "your-secret", "0123456789")  # fmt: skip


def weaknesses(env: Env, key: str) -> list[Text]:
    """What is weak about these settings and the secret key in use; empty when nothing is."""
    found = []
    if env.debug:
        found.append(_DEBUG)
    if is_weak_key(key):
        found.append(_KEY)
    if not env.is_https:
        found.append(_HTTP)
    elif not env.trusted_proxies:
        found.append(_PROXY)
    if env.email_url and "tls=off" in urlsplit(env.email_url).query and not _is_local(env.email_url):
        found.append(_MAIL)
    if any(not _is_checked_tls(url) for url in (env.database_url, env.app_database_url) if url):
        found.append(_DATABASE)
    if env.s3_endpoint and urlsplit(env.s3_endpoint).scheme != "https" and not _is_local(env.s3_endpoint):
        found.append(_BUCKET)
    return found


def _is_checked_tls(url: str) -> bool:
    """Whether a database is reached by TLS whose certificate is checked, or without leaving the machine."""
    login = conninfo_to_dict(url)
    hosts = str(login.get("host") or "").split(",")
    # A path is a socket; without a host libpq takes the socket as well.
    if all(host.startswith(("/", "@")) or host in _LOCAL or not host for host in hosts):
        return True
    return login.get("sslmode") in ("verify-full", "verify-ca")


def is_weak_key(key: str) -> bool:
    """Whether somebody could guess this key: short, repetitive or copied."""
    lower = key.lower()
    return (
        len(key) < LEAST_KEY or len(set(key)) < LEAST_DIFFERENT or any(part in lower for part in _KNOWN_PARTS)
    )


def refuse_weakness(env: Env, key: str) -> None:
    """Raises Stop in production mode when the set-up is weak."""
    found = weaknesses(env, key) if env.production else []
    if found:
        zh, en = ("\n".join(f"  - {text.in_(locale)}" for text in found) for locale in ("zh-CN", "en"))
        raise Stop(_REFUSED, reasons=zh, reasons_en=en)


def _is_local(url: str) -> bool:
    return urlsplit(url).hostname in _LOCAL


_REFUSED = Text(
    "生产模式（GUANXI_PRODUCTION）下拒绝以不安全的设置启动：\n{reasons}",
    "In production mode (GUANXI_PRODUCTION) Guanxi does not start with a weak set-up:\n{reasons_en}",
)
_DEBUG = Text(
    "GUANXI_DEBUG 打开着，出错时会显示内部细节。请关闭。",
    "GUANXI_DEBUG is on and shows internals when something fails. Switch it off.",
)
_KEY = Text(
    "GUANXI_SECRET_KEY 太短、太有规律，或者是从说明里抄来的。请换成随机的 48 个字符，或不填而自动生成。",
    "GUANXI_SECRET_KEY is short, repetitive or copied from instructions. Use 48 random characters, or leave it "
    "empty to have one made.",
)
_HTTP = Text(
    "GUANXI_PUBLIC_URL 不是 https：密码和 Cookie 会明文传输。请在前面放一个提供 https 的反向代理。",
    "GUANXI_PUBLIC_URL is not https: passwords and cookies would travel in the clear. Put a reverse proxy with "
    "https in front.",
)
_PROXY = Text(
    "没有设置 GUANXI_TRUSTED_PROXIES：认不出代理转来的 https 和来访者的地址。只有一层代理时设为 1。",
    "GUANXI_TRUSTED_PROXIES is not set: neither https nor callers' addresses are known behind the proxy. "
    "Set it to 1 for one proxy.",
)
_MAIL = Text(
    "发信服务器的连接没有加密（tls=off），重设密码的链接会明文传输。",
    "The connection to the mail server is not encrypted (tls=off); links that reset passwords travel in the clear.",
)
_DATABASE = Text(
    "外部数据库的连接没有要求校验证书的 TLS。请在地址后加 ?sslmode=verify-full（自建证书再加 &sslrootcert=文件）。",
    "The external database is not reached by TLS whose certificate is checked. Add ?sslmode=verify-full to its "
    "address (and &sslrootcert=FILE for a certificate authority of your own).",
)
_BUCKET = Text(
    "备份的存储桶（GUANXI_S3_ENDPOINT）不是 https，密钥签名和数据会明文传输。",
    "The bucket for backups (GUANXI_S3_ENDPOINT) is not https: signatures and data would travel in the clear.",
)
