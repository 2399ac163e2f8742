"""`guanxi prepare`: what `up` runs before anything serves. Not meant for people."""

from importlib import import_module
from importlib.util import find_spec

import click

from guanxi.config.env import get_env
from guanxi.config.first_steps import prepare

NEEDS_DATABASE = False


@click.command(hidden=True)
@click.option("--demo", is_flag=True)
def command(demo: bool) -> None:
    """Migrate, then say how to begin."""
    prepare(get_env(), fill_demo=_fill_demo if demo and find_spec("guanxi.commands.demo") else None)


def _fill_demo() -> None:
    """Fill an empty database with the sample firm, and say how to sign in to it."""
    import_module("guanxi.commands.demo").command.main(["--if-empty"], standalone_mode=False)
