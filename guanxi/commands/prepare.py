"""`guanxi prepare`: what `up` runs before anything serves. Not meant for people."""

import click

from guanxi.commands.demo import command as demo_command
from guanxi.config.env import get_env
from guanxi.config.first_steps import prepare

NEEDS_DATABASE = False


@click.command(hidden=True)
@click.option("--demo", is_flag=True)
def command(demo: bool) -> None:
    """Migrate, then say how to begin."""
    prepare(get_env(), fill_demo=_fill_demo if demo else None)


def _fill_demo() -> None:
    """Fill an empty database with the sample firm, and say how to sign in to it."""
    demo_command.main(["--if-empty"], standalone_mode=False)
