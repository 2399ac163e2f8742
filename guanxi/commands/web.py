"""`guanxi web`: the web part alone, for installations on several machines."""

import click

from guanxi.config.console import in_console_language
from guanxi.config.env import get_env
from guanxi.config.serving import serve_web

NEEDS_DATABASE = False


@click.command(
    help=in_console_language(
        "只运行网页服务（多台机器时用）。", "Run the web part alone (for several machines)."
    )
)
def command() -> None:
    """Run the web part."""
    serve_web(get_env())
