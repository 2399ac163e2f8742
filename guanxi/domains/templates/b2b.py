"""Generic B2B: competitors met in deals, projects after the deal."""

from guanxi.domains.templates.writing import document, field, obj, view
from guanxi.engine.configuration.templates import Sample, Template, template_registry
from guanxi.kit.text import Text

DOCUMENT = document(
    objects=[obj("project", ("交付项目", "Project"), "Projects", icon="folder-kanban", group="service")],
    fields=[
        field("project", "customer", "link", ("客户", "Customer"), target="customer", in_list=True, required=True),
        field("project", "opportunity", "link", ("来自商机", "From opportunity"), target="opportunity", in_list=True),
        field("project", "status", "select", ("进度", "Status"), in_list=True, required=True, options=[
            ("planned", "未开始", "Planned", "gray"), ("running", "进行中", "Running", "blue"),
            ("accepting", "待验收", "In acceptance", "gold"), ("done", "已验收", "Accepted", "green")]),
        field("project", "start_date", "date", ("开始", "Starts"), in_list=True),
        field("project", "due_date", "date", ("计划完成", "Due"), in_list=True),
        field("project", "progress", "percent", ("完成度", "Progress"), in_list=True),
        field("customer", "decision_process", "long_text", ("决策流程", "How they decide")),
        field("opportunity", "budget_confirmed", "boolean", ("预算已确认", "Budget confirmed"), in_list=True),
        field("opportunity", "pain_point", "long_text", ("客户痛点", "Pain points")),
    ],
    views=[
        view("project", ("项目看板", "Project board"), "board", group_by="status"),
        view("project", ("项目日历", "Projects by date"), "calendar", group_by="start_date", end="due_date"),
    ],
)  # fmt: skip

template_registry.register(
    Template(
        "b2b", Text("通用 B2B", "Generic B2B"),
        Text("赢单后的交付项目，商机的预算和痛点。", "Projects after the deal; budgets and pain points of opportunities."),
        "briefcase", DOCUMENT,
        [
            Sample("customer", {"zh-CN": [{"name": "华信软件有限公司（示例）"}], "en": [{"name": "Northwind Software (sample)"}]}),
            Sample("project", {
                "zh-CN": [{"name": "一期上线（示例）", "customer": 0, "status": "running", "start_date": "2026-10-08", "due_date": "2026-12-20"}],
                "en": [{"name": "Phase one (sample)", "customer": 0, "status": "running", "start_date": "2026-10-08",
                        "due_date": "2026-12-20"}]}, {"customer": "customer"}),
        ],
    )
)  # fmt: skip
