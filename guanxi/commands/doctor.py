"""`guanxi doctor`: checks the installation and says what to do."""

import json

import click

from guanxi.config.command_setting import running_database
from guanxi.config.console import Stop, console_locale, in_console_language
from guanxi.config.diagnosis import unreachable
from guanxi.config.doctor import run_checks
from guanxi.config.env import get_env

NEEDS_DATABASE = False


@click.command(
    help=in_console_language("检查运行状况，并说明怎样解决问题。", "Check everything and say what to do.")
)
@click.option("--json", "as_json", is_flag=True, help=in_console_language("输出 JSON。", "Print JSON."))
def command(as_json: bool) -> None:
    """Check everything; exit code 1 when something has failed."""
    locale = console_locale()
    try:
        with running_database(get_env()):
            checks = run_checks()
    except Stop as stop:
        checks = [unreachable(stop)]
    if as_json:
        click.echo(json.dumps([check.as_json(locale) for check in checks], ensure_ascii=False, indent=2))
    else:
        for check in checks:
            click.echo(check.as_line(locale))
    if any(check.status == "fail" for check in checks):
        raise SystemExit(1)
