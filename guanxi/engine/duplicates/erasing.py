"""Where requests for records hold data of people."""

from guanxi.engine.tenancy.erasing import declare_place

declare_place(
    "record_request", "查重申请", "Requests for records", texts=("message", "answer"), record=("record_id",)
)
