"""What `guanxi up` does between starting the database and serving: upgrade, then say how to begin.

*How it works*: after the upgrade, which runs as the owner, the process signs in again as the
restricted role. After a restore, what was promised since the backup is done again (backup/after.py). A
database without a workspace gets the sample firm (with `--demo`), or a link with which the first person
sets it up; the link's secret is shown here and stored hashed.
"""

from collections.abc import Callable

from django.conf import settings
from django.db import connection

from guanxi.config.backup.after import keep_promises
from guanxi.config.backup.before_upgrade import back_up_before_upgrade
from guanxi.config.console import say
from guanxi.config.database import app_login, django_database
from guanxi.config.env import Env
from guanxi.config.upgrade import upgrade
from guanxi.engine.identity.facade import issue_setup_token, needs_setup
from guanxi.kit.text import Text


def prepare(env: Env, *, fill_demo: Callable[[], None] | None) -> None:
    """Upgrade the database and print how to begin; `fill_demo` fills an empty one and says how to sign in."""
    back_up_before_upgrade(env)
    upgrade(env, settings.GUANXI_APP_ROLE)
    sign_in_as_app(env)
    if keep_promises(env.folder):
        say(_RESTORED)
    if fill_demo is not None:
        fill_demo()
    elif needs_setup():
        say(_SET_UP, link=f"{env.url}/setup?token={issue_setup_token()}")


def sign_in_as_app(env: Env) -> None:
    """From now on, this process reaches the database as the restricted role."""
    connection.close()
    connection.settings_dict.update(django_database(env, app_login(env)))


_RESTORED = Text(
    "这是恢复后的第一次启动：备份之后作出的承诺（例如删除个人数据）已重新执行。",
    "The first start after a restore: what was promised since the backup (such as erasing personal data) has "
    "been done again.",
)
_SET_UP = Text(
    "第一次使用？请在浏览器里打开这个一次性链接，建立你的企业：\n  {link}",
    "New here? Open this one-time link in a browser to set up your firm:\n  {link}",
)
