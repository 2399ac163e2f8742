"""`guanxi structure`: writes guanxi/config/structure.sql anew. For whoever works on Guanxi."""

import click

from guanxi.config.command_setting import running_database
from guanxi.config.env import get_env
from guanxi.config.structure import FILE, dump, empty_database, migrate

NEEDS_DATABASE = False


@click.command(hidden=True)
def command() -> None:
    """Migrate an empty database step by step and keep its definitions."""
    env = get_env()
    with running_database(env), empty_database(env, "guanxi_structure") as login:
        migrate(env, login)
        FILE.write_text(dump(login), encoding="utf-8")
    click.echo(FILE)
