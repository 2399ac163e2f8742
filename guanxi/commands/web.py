"""`guanxi web`: the web part alone, for installations on several machines."""

import click

from guanxi.config.console import in_console_language
from guanxi.config.database import secret_key
from guanxi.config.env import get_env
from guanxi.config.production import refuse_weakness
from guanxi.config.serving import serve_web

NEEDS_DATABASE = False


@click.command(
    help=in_console_language(
        "只运行网页服务（多台机器时用）。", "Run the web part alone (for several machines)."
    )
)
def command() -> None:
    """Run the web part."""
    env = get_env()
    refuse_weakness(env, secret_key(env))
    serve_web(env)
