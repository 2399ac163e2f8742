"""`guanxi worker`: a worker alone, for installations on several machines."""

import click

from guanxi.config.console import in_console_language
from guanxi.config.env import get_env
from guanxi.config.serving import run_worker

NEEDS_DATABASE = False


@click.command(
    help=in_console_language("只运行后台任务（多台机器时用）。", "Run a worker alone (for several machines).")
)
def command() -> None:
    """Run a worker."""
    run_worker(get_env())
