"""Where results of the search for duplicates hold data of people."""

from guanxi.engine.tenancy.erasing import declare_place

declare_place("duplicate_cluster", "找重复的结果", "Duplicates found", texts=("ids", "pairs"), drops=True)
declare_place("duplicate_decision", "查重判断", "Decisions on duplicates", record=("a_id", "b_id"))
