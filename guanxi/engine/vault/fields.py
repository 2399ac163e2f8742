"""A column of JSON that is encrypted under its workspace's key: for what jobs keep of people's data for a while.

*How it works*: on the way in, the value becomes `{"workspace", "sealed"}`; on the way out it is opened, bound to its table
and column. Rows of before are read as they are. Needs a session of the workspace both ways.

*Rules*: nothing of it can be asked in SQL. `bulk_update` knows no row: give it `sealed(row, name)`.
"""

import uuid
from typing import Any

from django.db import models

from guanxi.engine.vault.sealing import open_secret, seal_secret
from guanxi.kit.jsons import dumps, loads

_WORKSPACE, _SEALED = "workspace", "sealed"


class SealedJSONField(models.JSONField):
    """JSON of a `WorkspaceOwned` row, encrypted."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The encrypted form of the row's value."""
        return self.sealed(model_instance, super().pre_save(model_instance, add))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """The value again."""
        found = super().from_db_value(value, expression, connection)
        if not (isinstance(found, dict) and set(found) == {_WORKSPACE, _SEALED}):
            return found
        return loads(open_secret(uuid.UUID(found[_WORKSPACE]), self._name(), found[_SEALED]))

    def sealed(self, row: models.Model, value: Any) -> Any:
        """What is stored of a value of `row`."""
        if value is None or (isinstance(value, dict) and set(value) == {_WORKSPACE, _SEALED}):
            return value
        workspace_id: uuid.UUID = row.workspace_id  # type: ignore[attr-defined]
        text = dumps(value).decode()
        return {_WORKSPACE: str(workspace_id), _SEALED: seal_secret(workspace_id, self._name(), text)}

    def _name(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"


def sealed(row: models.Model, name: str) -> Any:
    """What is stored of a row's field, for `bulk_update`."""
    field = row._meta.get_field(name)
    assert isinstance(field, SealedJSONField)
    return field.sealed(row, getattr(row, name))
