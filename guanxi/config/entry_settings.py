"""The settings of signing in that reach beyond this machine: a part of `Env`.

*See*: env.py, engine/sso/domains.py, engine/outgoing/names.py.
"""

from dataclasses import dataclass

from guanxi.config.env_setting import setting
from guanxi.config.env_values import name_servers, place, text, vouched_domains
from guanxi.config.vault_settings import VaultSettings


@dataclass(frozen=True, slots=True)
class EntrySettings(VaultSettings):
    """Whose mail domains are proven, and who is asked."""

    sso_domains: tuple[str, ...] = setting(
        "GUANXI_SSO_DOMAINS",
        vouched_domains(),
        (),
        "运维人员担保的邮箱域名，写作 工作区=域名，不必再做域名验证；用于没有公网 DNS 的内网安装。",
        "Mail domains that the operator vouches for, as workspace=domain: they need no proof. For installations "
        "inside a building, without a public DNS.",
    )
    dns_servers: tuple[str, ...] = setting(
        "GUANXI_DNS_SERVERS",
        name_servers(),
        (),
        "验证域名时询问的 DNS 服务器；不填则用系统的。",
        "The DNS servers asked when a domain is proven; left empty, the system's.",
    )
    virus_scanner: str = setting(
        "GUANXI_VIRUS_SCANNER",
        place(),
        "",
        "查毒服务 clamd 的地址：主机:端口，或本机套接字的路径。填了以后，上传的文件先查后存，查不了就拒收。",
        "The virus scanner clamd: host:port, or the path of a socket on this machine. Uploads are then kept only once it "
        "has looked at them, and refused when it cannot.",
    )
    breached_passwords: str = setting(
        "GUANXI_BREACHED_PASSWORDS",
        text(),
        "",
        "泄露密码的名单：Have I Been Pwned 下载的文件（按 SHA-1 排序）的路径，或其 range 服务的 https 网址，"
        "如 https://api.pwnedpasswords.com/range；只发送哈希的前五位。不填则只查常见密码及其变形。",
        "The list of breached passwords: the path of the file that Have I Been Pwned offers (SHA-1, sorted), or the https "
        "address of its range service, such as https://api.pwnedpasswords.com/range, which gets the first five letters of a "
        "hash. Left empty, common passwords and their disguises are refused.",
    )
