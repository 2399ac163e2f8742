"""The field 「可联系」 of whoever can be reached: for which purposes, on which channels, by the consent ledger.

*How it works*: objects with phone numbers or mail addresses get it as soon as the register has a purpose
(schema/added.py). Its options are the purposes with their channels; its value is computed in every query, so lists,
views, sharing, mailings and exports filter by it and show it like any other field. Filters ask for sets that are
computed once a query (allowing.py), not record by record.

*Rules*: whoever changes a purpose raises the schema's version (purposes.py, notices.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from guanxi.engine.privacy.allowing import Asked, allowed_options, reachable
from guanxi.engine.privacy.models import Purpose
from guanxi.engine.privacy.rules import CHANNELS, GENERAL
from guanxi.engine.schema.added import FieldSource, field_sources
from guanxi.engine.schema.definitions import FieldDef, Option
from guanxi.engine.schema.field_seams import Scope
from guanxi.engine.schema.field_types.base import Env, Source
from guanxi.engine.schema.field_types.multi_select import MultiSelectFieldType
from guanxi.engine.schema.field_types.operators import HAS_ALL, HAS_ANY, HAS_NONE, Operator, offered, texts
from guanxi.engine.tenancy.context import WorkspaceInfo
from guanxi.kit.sql import Sql, sql
from guanxi.kit.text import Text

KEY = "may_contact"
SOURCE = "purposes"
LABEL = Text("可联系", "May be contacted for")
HELP = Text(
    "按同意记录实时判断，撤回、到期、单独同意和限制处理都算在内。",
    "By the consent ledger, at this moment: withdrawals, expiry, separate consents and restrictions counted in.",
)


@dataclass(frozen=True, slots=True)
class Reached:
    """The value of the field: which of its options a record allows."""

    options: tuple[tuple[str, Asked, str], ...]
    inputs: frozenset[str] = frozenset()

    def compile(self, scope: Scope) -> Sql:
        """The keys of the options, as JSON."""
        _, record_id = scope.value("id")
        return allowed_options(
            {key: (asked, channel) for key, asked, channel in self.options}, record_id, scope.env.now
        )


def _asking(plain: Operator, *, every: bool = False, none: bool = False) -> Operator:
    """The operator over sets; over a value that came from elsewhere (a lookup) as it always was."""

    def build(f: FieldDef, source: Source, operand: list[str], env: Env) -> Sql:
        if not isinstance(f.computed, Reached):
            return plain.build(f, source, operand, env)
        known = {key: (asked, channel) for key, asked, channel in f.computed.options}
        wanted = [known[key] for key in operand if key in known]
        if every and len(wanted) < len(operand):
            return Sql("FALSE")
        found = reachable(wanted, Sql(f"{source.alias}.id"), env.now, every=every)
        return sql("({}) IS NOT TRUE", found) if none else found

    return Operator(plain.key, texts, build)


class ReachedFieldType(MultiSelectFieldType):
    """A choice of several that nobody makes: computed from the ledger, and compared by sets."""

    formula_kind = ""
    always_readonly = True
    can_be_created = False
    operators = offered(_asking(HAS_ANY), _asking(HAS_ALL, every=True), _asking(HAS_NONE, none=True))


_TYPE = ReachedFieldType()


def fields_of(workspace: WorkspaceInfo) -> Sequence[FieldDef]:
    """The field with the purposes of a workspace; none without purposes."""
    rows = Purpose.objects.filter(workspace_id=workspace.id).order_by("position", "id")
    options: list[Option] = []
    reached: list[tuple[str, Asked, str]] = []
    for row in rows:
        asked = Asked(workspace.id, row.id, row.basis, tuple(row.channels), tuple(row.separate), row.renewed_at, row.retired)  # fmt: skip
        for channel in asked.covered:
            key = f"{row.key}:{channel}"
            reached.append((key, asked, channel))
            options.append(Option(key, _label(row, channel), meta={"retired": True} if row.retired else {}))
    if not options:
        return ()
    return (
        FieldDef(
            key=KEY, type=_TYPE, label=LABEL, help=HELP, readonly=True, system=True, in_create=False, section="system",
            position=950, options=tuple(options), options_source=SOURCE, computed=Reached(tuple(reached)),
        ),
    )  # fmt: skip


def _label(row: Purpose, channel: str) -> Text:
    name = Text.of(row.name)
    if channel == GENERAL:
        return name
    at = CHANNELS[channel]
    return Text(f"{name.zh} · {at.zh}", f"{name.en} · {at.en}")


field_sources.register(FieldSource("privacy.may_contact", lambda kind: kind.reaches, fields_of))
