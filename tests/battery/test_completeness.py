"""Nothing is registered that the battery does not try."""

from guanxi.engine.schema.registry import object_registry
from tests.battery.samples import creatable_types
from tests.battery.world import CUSTOM, LINE, World


def test_every_registered_object_stands_in_the_battery() -> None:
    listed = {obj.key for obj in object_registry if obj.listed}
    assert set(LINE) == listed | {CUSTOM}


def test_the_made_object_has_a_field_of_every_type_that_can_be_made(world: World) -> None:
    kinds = {f["declared"] for f in world.meta[CUSTOM]["fields"] if f["key"].startswith("f_")}
    assert kinds == set(creatable_types())
