"""What web forms ask of leads, and how a form stops asking for a field that goes.

*See*: engine/schema/usage.py.
"""

from collections.abc import Iterable

from guanxi.domains.sales.web_forms.models import WebForm
from guanxi.engine.schema.usage import Usage, UsageProvider, usage_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

LEAD = "lead"
WHERE = "/settings/web-forms"
ASKS = Text("网页表单「{name}」", "The web form “{name}”")


class FormUsages(UsageProvider):
    """Uses by forms that visitors fill in."""

    key = "web_forms"

    def usages(self, ctx: Ctx, object_key: str, field_key: str | None) -> Iterable[Usage]:
        """One use a form that asks for the field."""
        if object_key != LEAD or field_key is None:
            return
        for row in WebForm.objects.filter(workspace_id=ctx.workspace.id).order_by("id"):
            if any(each["key"] == field_key for each in row.fields):
                label = Text(ASKS.zh.format(name=row.name), ASKS.en.format(name=row.name))
                yield Usage(LEAD, field_key, "web_form", label, WHERE, detachable=True, place=str(row.id))

    def detach(self, ctx: Ctx, usage: Usage) -> None:
        """Have the form ask for it no longer."""
        row = WebForm.objects.select_for_update().get(workspace_id=ctx.workspace.id, id=usage.place)
        row.fields = [each for each in row.fields if each["key"] != usage.field]
        row.version += 1
        row.save(update_fields=["fields", "version"])


usage_registry.register(FormUsages())
