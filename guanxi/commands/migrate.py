"""`guanxi migrate`: brings the database up to date, as its owner."""

import click
from django.conf import settings

from guanxi.config.backup.before_upgrade import back_up_before_upgrade
from guanxi.config.command_setting import running_database
from guanxi.config.console import in_console_language, say
from guanxi.config.env import get_env
from guanxi.config.upgrade import upgrade
from guanxi.kit.text import Text

NEEDS_DATABASE = False


@click.command(help=in_console_language("把数据库升级到当前版本。", "Bring the database up to date."))
@click.option(
    "--resume",
    is_flag=True,
    help=in_console_language(
        "接着做完中断的升级步骤。", "Finish an upgrade step that was interrupted half-way."
    ),
)
def command(resume: bool) -> None:
    """Bring the database up to date."""
    env = get_env()
    with running_database(env):
        if not resume:
            back_up_before_upgrade(env)
        count = upgrade(env, settings.GUANXI_APP_ROLE, resume=resume)
    if count:
        say(Text("已执行 {count} 个升级步骤。", "Applied {count} upgrade steps."), count=count)
    else:
        say(Text("数据库已是最新。", "The database is up to date."))
