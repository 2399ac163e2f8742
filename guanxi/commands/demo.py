"""`guanxi demo`: the sample firm, in a workspace of its own or in yours, and its removal.

*Rules*: the password that everybody knows is given only in a workspace made for the demo; in one that
is used for work the sample people get a password made up on the spot and shown once.
"""

import secrets

import click
from django.conf import settings
from django.db import transaction

from guanxi.config.console import console_locale, in_console_language, say
from guanxi.domains.demo import facade
from guanxi.engine.identity import facade as identity
from guanxi.engine.tenancy.context import WorkspaceInfo, session, system_ctx
from guanxi.kit.errors import Conflict
from guanxi.kit.text import DEFAULT_LOCALE, LOCALES, Text


@click.command(
    help=in_console_language(
        "用示例企业的数据填充一个工作区，或把它们清除。",
        "Fill a workspace with a sample firm, or take it away.",
    )
)
@click.option(
    "--workspace",
    "slug",
    help=in_console_language(
        "填充哪个工作区（短名）；不填则新建一个。",
        "Which workspace (slug) to fill; left out, a new one is made.",
    ),
)
@click.option(
    "--remove", is_flag=True, help=in_console_language("清除示例数据。", "Take the sample data away.")
)
@click.option(
    "--locale",
    type=click.Choice(LOCALES, case_sensitive=False),
    help=in_console_language("新建工作区的语言。", "The language of the new workspace."),
)
@click.option("--if-empty", is_flag=True, hidden=True)
def command(slug: str | None, remove: bool, locale: str | None, if_empty: bool) -> None:
    """Fill, or remove."""
    if remove:
        if slug is None:
            raise click.UsageError(_SAY_WHICH.in_(console_locale()))
        _remove(identity.find_workspace(slug))
    elif slug is not None:
        _fill(identity.find_workspace(slug), secrets.token_urlsafe(9))
    elif identity.needs_setup():
        _make(locale or DEFAULT_LOCALE)
    elif identity.knows_password(settings.GUANXI_DEMO_EMAIL, settings.GUANXI_DEMO_PASSWORD):
        say(_SIGN_IN, email=settings.GUANXI_DEMO_EMAIL, password=settings.GUANXI_DEMO_PASSWORD)
    elif not if_empty:
        _make(locale or DEFAULT_LOCALE)


def _make(locale: str) -> None:
    """A workspace of its own for the sample firm, with an administrator whom everybody knows."""
    if identity.email_is_taken(settings.GUANXI_DEMO_EMAIL):
        raise Conflict(_TAKEN, code="email_taken", email=settings.GUANXI_DEMO_EMAIL)
    with transaction.atomic():  # a firm half filled would never be filled again
        made = identity.create_first_workspace(
            workspace_name=facade.firm_name(locale),
            name=_ADMIN.in_(locale),
            email=settings.GUANXI_DEMO_EMAIL,
            password=settings.GUANXI_DEMO_PASSWORD,
            locale=locale,
        )
        _fill(made.info(), settings.GUANXI_DEMO_PASSWORD)
    say(_SIGN_IN, email=settings.GUANXI_DEMO_EMAIL, password=settings.GUANXI_DEMO_PASSWORD)


def _fill(workspace: WorkspaceInfo, password: str) -> None:
    with session(workspace.id):
        done = facade.fill(system_ctx(workspace), password=password)
    say(
        _FILLED, workspace=workspace.name, slug=workspace.slug, count=sum(done.counts.values()), **done.counts
    )
    say(_PEOPLE, password=password)
    for person in done.people:
        say(Text.of("  {email}  {name}  ({role})"), email=person.email, name=person.name, role=person.role)


def _remove(workspace: WorkspaceInfo) -> None:
    with session(workspace.id):
        done = facade.remove(system_ctx(workspace))
    say(_REMOVED, workspace=workspace.name, count=sum(done.counts.values()), people=done.people_removed)
    if done.kept or done.people_kept:
        say(_KEPT, count=sum(done.kept.values()), people=done.people_kept)


_SAY_WHICH = Text("请用 --workspace 指明工作区。", "Say which workspace with --workspace.")
_ADMIN = Text("演示管理员", "Demo admin")
_TAKEN = Text(
    "{email} 已有账号，没有新建示例工作区。", "{email} has an account already; no sample workspace was made."
)
_SIGN_IN = Text(
    "示例企业的登录：{email}，密码 {password}", "Sign in to the sample firm as {email}, password {password}"
)
_FILLED = Text(
    "工作区「{workspace}」（{slug}）已填充 {count} 条示例记录：客户 {customer}，联系人 {contact}，线索 {lead}，商机 {opportunity}。",
    "{workspace} ({slug}) now holds {count} sample records: {customer} customers, {contact} contacts, {lead} leads, "
    "{opportunity} opportunities.",
)
_PEOPLE = Text("示例同事，密码都是 {password}：", "Sample colleagues, all with the password {password}:")
_REMOVED = Text(
    "工作区「{workspace}」里的 {count} 条示例记录和 {people} 位示例同事已清除。",
    "{count} sample records and {people} sample colleagues are gone from {workspace}.",
)
_KEPT = Text(
    "你自己的记录关联着 {count} 条示例记录，{people} 位示例同事还负责着记录，这些没有动。",
    "{count} sample records that your own records link to and {people} sample colleagues who own records were left.",
)
