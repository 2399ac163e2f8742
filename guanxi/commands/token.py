"""`guanxi token`: keys to the API, made, listed and revoked on the server."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import click

from guanxi.config.console import console_locale, in_console_language, say
from guanxi.engine.identity import facade
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.kit.text import Text

_USER = click.option(
    "--user",
    "email",
    required=True,
    help=in_console_language("谁的令牌（邮箱）。", "Whose token (e-mail address)."),
)
_WORKSPACE = click.option(
    "--workspace",
    "slug",
    default=None,
    help=in_console_language(
        "哪个工作区（短名）；只在一个里时可省略。",
        "In which workspace (slug); may be left out for people in one.",
    ),
)


@click.group(help=in_console_language("管理 API 令牌。", "Manage API tokens."))
def command() -> None:
    """Manage API tokens."""


@command.command(help=in_console_language("创建令牌，只显示这一次。", "Make a token; it is shown this once."))
@_USER
@_WORKSPACE
@click.option("--name", required=True, help=in_console_language("令牌的名称。", "What the token is called."))
@click.option(
    "--scopes", default="read,write", help=in_console_language("read 或 read,write。", "read, or read,write.")
)
@click.option(
    "--expires",
    type=click.IntRange(1, 3650),
    help=in_console_language("多少天后到期。", "Days until it expires."),
)
def create(email: str, slug: str | None, name: str, scopes: str, expires: int | None) -> None:
    """Make a token and print it."""
    wanted = [scope.strip() for scope in scopes.split(",") if scope.strip()]
    if not wanted or set(wanted) - {"read", "write"}:
        raise click.BadParameter("read, write", param_hint="--scopes")
    workspace_id, user_id = facade.find_place(email, slug)
    with session(workspace_id):
        _, secret = facade.create_token(
            _ctx(workspace_id, user_id),
            user_id=user_id,
            name=name,
            scopes=wanted,
            expires_at=datetime.now(UTC) + timedelta(days=expires) if expires else None,
        )
    say(Text.of("{secret}"), secret=secret)


@command.command("list", help=in_console_language("列出某人的令牌。", "List somebody's tokens."))
@_USER
@_WORKSPACE
def list_(email: str, slug: str | None) -> None:
    """List somebody's tokens."""
    workspace_id, user_id = facade.find_place(email, slug)
    with session(workspace_id):
        tokens = facade.list_tokens(_ctx(workspace_id, user_id), user_id)
    for token in tokens:
        used = f"{token.last_used_at:%Y-%m-%d %H:%M}" if token.last_used_at else "-"
        until = f"{token.expires_at:%Y-%m-%d}" if token.expires_at else "-"
        line = f"{token.id}  {token.prefix}  {','.join(token.scopes):10}  {used:16}  {until:10}  {token.name}"
        say(Text.of("{line}"), line=line)


@command.command(help=in_console_language("吊销令牌。", "Revoke a token."))
@click.argument("token_id", type=click.UUID)
@_USER
@_WORKSPACE
def revoke(token_id: UUID, email: str, slug: str | None) -> None:
    """Revoke a token."""
    workspace_id, user_id = facade.find_place(email, slug)
    with session(workspace_id):
        facade.revoke_token(_ctx(workspace_id, user_id), token_id, user_id=user_id)
    say(Text("令牌已吊销。", "The token is revoked."))


def _ctx(workspace_id: UUID, user_id: UUID) -> Ctx:
    workspace, actor = facade.load_actor(workspace_id, user_id)
    return Ctx(workspace=workspace, actor=actor, locale=console_locale())
