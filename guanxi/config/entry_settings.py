"""The settings of signing in that reach beyond this machine: a part of `Env`.

*See*: env.py, engine/sso/domains.py, engine/outgoing/names.py.
"""

from dataclasses import dataclass

from guanxi.config.env_setting import setting
from guanxi.config.env_values import name_servers, vouched_domains
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
