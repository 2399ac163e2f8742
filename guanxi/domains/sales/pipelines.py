"""The pipeline that every new workspace starts with: 初步接洽 to 合同审批, won, lost.

*Rules*: it is seeded once; afterwards it belongs to the firm, which renames, adds and removes stages. An import
that brings stages of its own into it before any deal was made takes the place of those nobody has changed.
"""

from guanxi.domains.sales.rules import DEFAULT_PIPELINE, DEFAULT_PIPELINE_NAME, DEFAULT_STAGES
from guanxi.engine.schema.imported_stages import SeededStages, seeded_stages
from guanxi.engine.schema.models import Pipeline, Stage
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.provisioning import ProvisioningHook, on_workspace_created

_STAGES = [
    {
        "key": stage.key,
        "name": stage.name.as_dict(),
        "kind": stage.kind,
        "probability": stage.probability,
        "expected_days": stage.expected_days,
        "color": stage.color,
    }
    for stage in DEFAULT_STAGES
]


def seed_pipeline(ctx: Ctx) -> None:
    """Give the workspace its first pipeline of opportunities."""
    pipeline = Pipeline.objects.create(
        workspace_id=ctx.workspace.id,
        object_key="opportunity",
        key=DEFAULT_PIPELINE,
        name=DEFAULT_PIPELINE_NAME.as_dict(),
        is_default=True,
    )
    Stage.objects.bulk_create(
        Stage(
            workspace_id=ctx.workspace.id,
            pipeline=pipeline,
            object_key="opportunity",
            position=position,
            **columns,
        )
        for position, columns in enumerate(_STAGES)
    )


on_workspace_created.register(ProvisioningHook("sales.pipeline", seed_pipeline))
seeded_stages.register(SeededStages("opportunity", _STAGES))
