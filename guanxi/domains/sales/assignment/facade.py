"""The door of `sales.assignment` for the other topics of sales.

*How it works*: whoever brings leads in need not ask: the hook shares them out in the same transaction. `assignments_of`
and `desk_of`, `hours_of` are for those who show or time what came of it.
"""

from guanxi.domains.sales.assignment.giving import is_on, share_out_stored
from guanxi.domains.sales.assignment.reading import desk_of, hours_of
from guanxi.domains.sales.assignment.told import assignments_of

__all__ = ["assignments_of", "desk_of", "hours_of", "is_on", "share_out_stored"]
