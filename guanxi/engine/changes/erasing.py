"""Where bulk changes hold data of people."""

from guanxi.engine.tenancy.erasing import declare_place

declare_place("bulk_job", "批量操作", "Bulk changes", texts=("spec", "target", "error"))
declare_place(
    "bulk_refusal",
    "批量操作的拒绝明细",
    "What bulk changes refused",
    texts=("title", "errors"),
    record=("record_id",),
)
