"""Where sharing out holds data of people: which lead went to whom."""

from guanxi.engine.tenancy.erasing import declare_place

declare_place(
    "assignment", "线索分配记录", "Assignments of leads", texts=("why", "facts"), record=("lead_id",)
)
declare_place("assignment_rule", "线索分配规则", "Rules of assignment", texts=("name", "filter"))
