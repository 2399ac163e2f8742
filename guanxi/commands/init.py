"""`guanxi init`: a workspace and its administrator, without a browser."""

import click

from guanxi.config.console import console_locale, in_console_language, say
from guanxi.engine.identity import facade
from guanxi.kit.text import LOCALES, Text


@click.command(
    help=in_console_language("建立一个工作区和它的管理员。", "Make a workspace and its administrator.")
)
@click.option(
    "--workspace", required=True, help=in_console_language("工作区的名称。", "The name of the workspace.")
)
@click.option(
    "--email",
    required=True,
    help=in_console_language("管理员的邮箱。", "The administrator's e-mail address."),
)
@click.option(
    "--password",
    prompt=True,
    hide_input=True,
    confirmation_prompt=True,
    help=in_console_language(
        "管理员的密码；不填则询问。", "The administrator's password; asked for when left out."
    ),
)
@click.option("--name", default="", help=in_console_language("管理员的姓名。", "The administrator's name."))
@click.option(
    "--locale",
    type=click.Choice(LOCALES, case_sensitive=False),
    help=in_console_language("工作区的语言。", "The language of the workspace."),
)
def command(workspace: str, email: str, password: str, name: str, locale: str | None) -> None:
    """Make a workspace and its administrator."""
    made = facade.create_first_workspace(
        workspace_name=workspace,
        name=name or email.partition("@")[0],
        email=email,
        password=password,
        locale=locale or console_locale(),
    )
    say(
        Text(
            "已建立工作区「{workspace}」（{slug}），可以用 {email} 登录了。",
            "The workspace {workspace} ({slug}) is ready; sign in as {email}.",
        ),
        workspace=made.name,
        slug=made.slug,
        email=email.lower(),
    )
