"""The money of deals: their amount follows their items, in whatever currency."""

from guanxi.domains.sales.pricing.documents import Paper, PaperHooks
from guanxi.engine.records.hooks import hooks_registry


class OpportunityPaper(PaperHooks):
    """A deal is a paper whose total is its amount; without priced items the amount is as it was typed."""

    object_key = "opportunity"
    paper = Paper(total="amount")


hooks_registry.register(OpportunityPaper())
