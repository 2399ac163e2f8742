"""After a restore: persons who were erased since the backup was made are erased again.

*See*: after.py, engine/subjects/outside.py.
"""

from datetime import datetime

from guanxi.config.backup.after import AfterRestore, after_restore_registry
from guanxi.engine.subjects.erasing import erase_again
from guanxi.engine.tenancy.context import Ctx


def keep_erasures(ctx: Ctx, made_at: datetime) -> None:
    """Do again what the list outside the database holds; what the backup does not hold is passed over."""
    erase_again(ctx)


after_restore_registry.register(AfterRestore("subjects.erasures", keep_erasures))
