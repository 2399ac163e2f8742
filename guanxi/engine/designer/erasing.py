"""Where changes of objects and fields hold data of people."""

from guanxi.engine.tenancy.erasing import declare_place

declare_place(
    "former_value",
    "字段转换前的值",
    "Values before a conversion",
    texts=("old", "new"),
    record=("record_id",),
)
declare_place("schema_task", "字段转换任务", "Conversions of fields", texts=("params", "result"))
