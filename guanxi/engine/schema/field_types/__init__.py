"""The field types: one file each, registered by being here.

*How it works*: every module of this package is imported, and one instance of each `FieldType` it defines
is registered under its `type`. Adding a type is one file here, its folder in the front end
(`frontend/src/engine/fields/<type>/`), a test and a section in docs/reference/field-types.md; a test
fails while one of them is missing.

*Rules*: modules here never import this package's registry; a field carries its type.
"""

import importlib
import pkgutil
from inspect import isclass

from guanxi.engine.schema.field_types.base import FieldType
from guanxi.kit.registry import Registry


def _register_all() -> Registry[FieldType]:
    registry: Registry[FieldType] = Registry("field type", lambda item: item.type)
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        module = importlib.import_module(f"{__name__}.{found.name}")
        for item in vars(module).values():
            if (
                isclass(item)
                and issubclass(item, FieldType)
                and item.__module__ == module.__name__
                and hasattr(item, "type")
            ):
                registry.register(item())
    return registry


field_type_registry = _register_all()


def get_field_type(key: str) -> FieldType:
    """The field type of `key`; raises KeyError."""
    return field_type_registry.get(key)
