"""Reports are tested through HTTP, in firms with people in them."""

from tests.firms import firm, fresh_limits, make_firm, other_firm

__all__ = ["firm", "fresh_limits", "make_firm", "other_firm"]
