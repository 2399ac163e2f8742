"""Keys for what an administrator names: pinyin of the label, free and not reserved."""

from guanxi.engine.schema.loading import get_object, get_schema
from guanxi.engine.schema.models import SchemaField, SchemaObject
from guanxi.engine.schema.rules import RESERVED_FIELDS, RESERVED_OBJECTS, key_from
from guanxi.engine.tenancy.context import Ctx


def propose_key(ctx: Ctx, label: str, object_key: str | None = None) -> str:
    """A free key for a field of `object_key`, or for an object where that is None; raises NotFound."""
    if object_key is None:
        rows = SchemaObject.objects.values_list("key", flat=True)
        return key_from(label, {*RESERVED_OBJECTS, *get_schema(ctx).objects, *rows}, prefix="object")
    fields = SchemaField.objects.filter(object_key=object_key).values_list("key", flat=True)
    return key_from(label, {*RESERVED_FIELDS, *get_object(ctx, object_key).fields, *fields}, prefix="field")
