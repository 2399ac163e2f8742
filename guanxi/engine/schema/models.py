"""What an administrator has declared: objects, fields, changes of standard ones, and pipelines.

Rows here become `ObjectDef`s and `FieldDef`s in `loading.py`. Every write bumps the workspace's
`schema_version`, which every process compares on its next request.
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.tenancy.models import WorkspaceOwned


class SchemaObject(WorkspaceOwned):
    """An object made by an administrator, or what they changed of a standard one (`standard`)."""

    key = models.CharField(max_length=40)
    standard = models.BooleanField(default=False)
    label = models.JSONField(default=dict)
    label_plural = models.JSONField(default=dict)
    icon = models.CharField(max_length=40, default="box")
    color = models.CharField(max_length=20, default="")
    group = models.CharField(max_length=20, default="other")
    position = models.IntegerField(default=100)
    config = models.JSONField(default=dict)
    version = models.IntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.UUIDField(null=True)
    purged_at = models.DateTimeField(null=True)

    class Meta:
        """Keys are unique in a workspace, deleted ones included: old rows keep their meaning."""

        db_table = "schema_object"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "key"], name="schema_object_key")
        ]


class SchemaField(WorkspaceOwned):
    """A custom field, or what was changed of a standard one (`standard`: label, options, required …)."""

    object_key = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    standard = models.BooleanField(default=False)
    type = models.CharField(max_length=20)
    definition = models.JSONField(default=dict)
    position = models.IntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.UUIDField(null=True)
    purged_at = models.DateTimeField(null=True)

    class Meta:
        """Keys are unique in an object, deleted ones included."""

        db_table = "schema_field"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "object_key", "key"], name="schema_field_key")
        ]


class _Ruling(WorkspaceOwned):
    """What rules and layouts share: whose they are, their order, when they hold, since when they are so."""

    object_key = models.CharField(max_length=40)
    name = models.JSONField(default=dict)
    condition = models.JSONField(null=True)
    enabled = models.BooleanField(default=True)
    position = models.IntegerField(default=0)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """Abstract: three tables look like this."""

        abstract = True


class FieldRule(_Ruling):
    """While `condition` (a filter tree) holds, `effects` are on fields; see form_rules.py."""

    effects = models.JSONField(default=list)

    class Meta:
        """Read whole with the schema."""

        db_table = "field_rule"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "object_key", "position"], name="field_rule_order")
        ]


class ValidationRule(_Ruling):
    """A record for which `condition` holds, or `formula` does not, is wrong: `message` at `field`.

    Errors refuse, warnings tell.
    """

    formula = models.TextField(default="", blank=True)
    message = models.JSONField(default=dict)
    field = models.CharField(max_length=40)
    severity = models.CharField(max_length=8, default="error")

    class Meta:
        """Read whole with the schema."""

        db_table = "validation_rule"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "object_key", "position"], name="validation_rule_order")
        ]


class Layout(_Ruling):
    """A form's or a page's layout for some roles and records; the first that fits is taken."""

    kind = models.CharField(max_length=8)
    roles = models.JSONField(default=list)
    definition = models.JSONField(default=dict)

    class Meta:
        """Read whole with the schema."""

        db_table = "layout"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "object_key", "kind", "position"], name="layout_order")
        ]


class WatchRule(_Ruling):
    """When one of `fields` changes and `condition` holds, `action` is taken for the people of `to`."""

    fields = models.JSONField(default=list)
    on_create = models.BooleanField(default=False)
    action = models.CharField(max_length=20)
    to = models.CharField(max_length=10, default="owner")
    message = models.JSONField(default=dict)
    due_days = models.IntegerField(default=1)

    class Meta:
        """Read whole with the schema."""

        db_table = "watch_rule"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "object_key", "position"], name="watch_rule_order")
        ]


class SchemaChange(WorkspaceOwned):
    """Who changed what of an object, one row a version; what somebody with an older version is told."""

    object_key = models.CharField(max_length=40)
    version = models.IntegerField()
    field_key = models.CharField(max_length=40, default="")
    action = models.CharField(max_length=20)
    changes = models.JSONField(default=dict)
    actor_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        """One change a version."""

        db_table = "schema_change"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "object_key", "version"], name="schema_change_version"
            )
        ]


class Pipeline(WorkspaceOwned):
    """An ordered way that records of one object go through."""

    object_key = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    name = models.JSONField(default=dict)
    is_default = models.BooleanField(default=False)
    position = models.IntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Keys are unique in an object."""

        db_table = "pipeline"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "object_key", "key"], name="pipeline_key")
        ]


class Stage(WorkspaceOwned):
    """A step of a pipeline; its key is unique in the object, so that records store it alone.

    `guide` is what it asks of records and tells people (records/ruling/checking_stages.py).
    """

    pipeline = models.ForeignKey(Pipeline, on_delete=models.CASCADE, related_name="stages")
    object_key = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    name = models.JSONField(default=dict)
    kind = models.CharField(max_length=8, default="open")
    probability = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    expected_days = models.IntegerField(null=True)
    color = models.CharField(max_length=20, default="")
    position = models.IntegerField(default=0)
    guide = models.JSONField(default=dict)

    class Meta:
        """Keys are unique in an object."""

        db_table = "stage"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "object_key", "key"], name="stage_key")
        ]


class SchemaIdentity(WorkspaceOwned):
    """An identity rule of the administrator's, or what they changed of a standard one (`standard`).

    `former` is the definition that stays in force while the keys of a changed rule are made; `report`
    names the records that keep a strict rule from being switched on.
    """

    object_key = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    standard = models.BooleanField(default=False)
    label = models.JSONField(default=dict)
    parts = models.JSONField(default=list)
    doors = models.JSONField(default=dict)
    is_active = models.BooleanField(default=True)
    revision = models.IntegerField(default=0)
    state = models.CharField(max_length=12, default="on")  # on, building, blocked
    former = models.JSONField(null=True)
    done_count = models.IntegerField(default=0)
    total_count = models.IntegerField(default=0)
    report = models.JSONField(null=True)
    position = models.IntegerField(default=100)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """Keys are unique in an object."""

        db_table = "schema_identity"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "object_key", "key"], name="schema_identity_key")
        ]
