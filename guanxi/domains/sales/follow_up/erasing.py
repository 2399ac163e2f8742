"""Where following up holds data of people besides records: a plan's condition may ask for a name or a number."""

from guanxi.engine.tenancy.erasing import declare_place

declare_place("sales_plan", "跟进计划", "Follow-up plans", texts=("name", "condition", "steps"))
declare_place("sales_remark", "评论", "Remarks", texts=("body",), record=("record_id",))
declare_place("sales_plan_entry", "跟进计划里的记录", "Records in follow-up plans", record=("record_id",))
declare_place("sales_event_guest", "日程邀请", "Invitations to events", record=("event_id", "record_id"))
