"""`stage`: where a record stands on its pipeline."""

from guanxi.engine.schema.field_types.select import SelectFieldType
from guanxi.kit.text import Text


class StageFieldType(SelectFieldType):
    """A select whose options come from pipelines: each has a kind, a probability, expected days, its pipeline.

    Only standard objects have one: what happens when a deal enters a stage belongs to their domain.
    """

    type = "stage"
    label = Text("阶段", "Stage")
    doc = Text("在销售流程中的阶段。", "Where it stands on its pipeline.")
    can_be_created = False
