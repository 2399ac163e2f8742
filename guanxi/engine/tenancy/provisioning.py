"""What happens when a workspace is made: domains seed their pipelines, options and views.

*How it works*: a package registers a `ProvisioningHook` in its `AppConfig.ready`; whoever makes a
workspace calls `provision`, inside the transaction that makes it, with a context of the system in it.

*Rules*: a hook runs once a workspace and raises when it cannot do its part: then there is no workspace.
"""

from collections.abc import Callable
from dataclasses import dataclass

from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.registry import Registry


@dataclass(frozen=True, slots=True)
class ProvisioningHook:
    """One package's part in a new workspace."""

    key: str
    run: Callable[[Ctx], None]


on_workspace_created: Registry[ProvisioningHook] = Registry("provisioning hook", lambda hook: hook.key)


def provision(ctx: Ctx) -> None:
    """Run every hook in the order of registration."""
    for hook in on_workspace_created:
        hook.run(ctx)
