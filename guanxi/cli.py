"""`guanxi`: the command line.

*How it works*: `up` stands here. Every module of `guanxi/commands/` is one more command: it holds a
click command (or group) named `command` and is found by its file name (`create_token.py` is
`guanxi create-token`). Django is set up before such a module is imported. Its command runs with the
database running and up to date, as the restricted role, unless the module says
`NEEDS_DATABASE = False`.

*Rules*: a command is thin: it reads arguments, calls the engine and prints. What a person can put
right ends in one sentence and exit code 1; wrong input and wrong settings in exit code 2.

*See*: config/process_tree.py, config/command_setting.py.
"""

import os
import sys
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules

import click

from guanxi import __version__, commands
from guanxi.config.console import Stop, complain, console_locale, in_console_language
from guanxi.config.database import secret_key
from guanxi.config.env import WrongSettings, get_env
from guanxi.config.process_tree import up as run_up
from guanxi.config.production import refuse_weakness
from guanxi.kit.errors import Problem
from guanxi.kit.text import Text

# What these commands are must be known before the settings are read.
_PROCESS_KINDS = {
    "web": {"GUANXI_PART": "web"},
    "worker": {"GUANXI_PART": "worker"},
    "migrate": {"GUANXI_DB_ROLE": "owner"},
    "prepare": {"GUANXI_DB_ROLE": "owner"},
}


def _modules() -> dict[str, str]:
    """The commands' modules by name; `import_records` is `import`, which no module may be called."""
    names = (name for _, name, _ in iter_modules(commands.__path__))
    return {name.removesuffix("_records").replace("_", "-"): name for name in names}


class Commands(click.Group):
    """The commands of this module and, found by file name, those of `guanxi/commands/`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(set(_modules()) | set(super().list_commands(ctx)))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, imported when it is asked for."""
        own = super().get_command(ctx, cmd_name)
        if own is not None or cmd_name not in self.list_commands(ctx):
            return own
        # Not at the head of this file: `up` stays a small process without Django.
        setting = import_module("guanxi.config.command_setting")
        setting.django_ready()
        module = import_module(f"guanxi.commands.{_modules()[cmd_name]}")
        command: click.Command = module.command
        return setting.with_database(command) if getattr(module, "NEEDS_DATABASE", True) else command


@click.group(
    cls=Commands,
    help=in_console_language("Guanxi 关系：开放的客户关系平台。", "Guanxi 关系: the open CRM platform."),
)
@click.version_option(__version__, prog_name="guanxi")
def cli() -> None:
    """Entry point of every command."""


@cli.command(
    help=in_console_language(
        "启动全部：数据库、网页服务、后台任务。按 Ctrl-C 停止。",
        "Start everything: database, web and worker. Ctrl-C stops it.",
    )
)
@click.option("--host", help=in_console_language("监听的地址。", "The address to listen on."))
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help=in_console_language("监听的端口。", "The port to listen on."),
)
@click.option(
    "--demo/--no-demo",
    default=False,
    help=in_console_language("数据库为空时，填入示例企业。", "Fill an empty database with a sample firm."),
)
def up(host: str | None, port: int | None, demo: bool) -> None:
    """Start everything."""
    env = get_env()
    if env.production:
        refuse_weakness(env, secret_key(env))
    run_up(replace(env, host=host or env.host, port=port or env.port), demo=demo)


def main() -> None:
    """Run the command line; errors that people can put right are one sentence."""
    os.environ.update(_PROCESS_KINDS.get(sys.argv[1] if len(sys.argv) > 1 else "", {}))
    try:
        get_env()
        cli(standalone_mode=False)
    except WrongSettings as wrong:
        for sentence in wrong.sentences:
            complain(sentence)
        sys.exit(2)
    except Stop as stop:
        complain(stop.text, **stop.values)
        sys.exit(stop.exit_code)
    except Problem as problem:
        _print_problem(problem)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)


def _print_problem(problem: Problem) -> None:
    locale = console_locale()
    complain(Text.of(problem.message(locale)))
    for error in problem.errors:
        complain(Text.of(f"{error.field}: {error.text.in_(locale, **error.values)}"))
