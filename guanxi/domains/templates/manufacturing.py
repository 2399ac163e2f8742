"""Manufacturing and equipment: what stands at the customer, under which warranty, and its repairs."""

from guanxi.domains.templates.writing import document, field, obj, pipeline, stage, view
from guanxi.engine.configuration.templates import Sample, Template, template_registry
from guanxi.kit.text import Text

DOCUMENT = document(
    objects=[
        obj("equipment", ("设备", "Equipment"), "Equipment", icon="wrench", group="service"),
        obj("repair", ("报修", "Repair"), "Repairs", icon="hammer", group="service",
            title_label={"zh-CN": "问题", "en": "Problem"}),
    ],
    fields=[
        field("equipment", "customer", "link", ("客户", "Customer"), target="customer", in_list=True, required=True),
        field("equipment", "model", "text", ("型号", "Model"), in_list=True, searchable=True),
        field("equipment", "serial_no", "text", ("出厂编号", "Serial number"), in_list=True, searchable=True, unique=True),
        field("equipment", "installed_date", "date", ("安装日期", "Installed")),
        field("equipment", "warranty_end", "date", ("保修到期", "Warranty ends"), in_list=True, indexed=True),
        field("equipment", "state", "select", ("状态", "State"), in_list=True, options=[
            ("running", "运行中", "Running", "green"), ("stopped", "停机", "Stopped", "red"),
            ("retired", "已报废", "Retired", "gray")]),
        field("repair", "equipment", "link", ("设备", "Equipment"), target="equipment", in_list=True, required=True),
        field("repair", "status", "select", ("进度", "Status"), in_list=True, required=True, options=[
            ("reported", "已报修", "Reported", "orange"), ("scheduled", "已派工", "Scheduled", "blue"),
            ("repairing", "维修中", "Repairing", "gold"), ("done", "已完成", "Done", "green")]),
        field("repair", "visit_at", "datetime", ("上门时间", "Visit"), in_list=True),
        field("repair", "fee", "money", ("费用", "Fee"), in_list=True),
        field("repair", "cause", "long_text", ("原因", "Cause")),
    ],
    pipelines=[
        pipeline("opportunity", ("设备销售", "Equipment sales"), stage("需求调研", "Survey", probability=15, days=10),
                 stage("方案设计", "Design", probability=35, days=20), stage("样机试用", "Trial", probability=55, days=30),
                 stage("商务合同", "Contract", probability=80, days=15)),
    ],
    views=[
        view("equipment", ("快到保修期", "Warranty ends soon"), sort="warranty_end",
             filter={"field": "warranty_end", "op": "within", "value": "next_30_days"}),
        view("repair", ("报修看板", "Repair board"), "board", group_by="status"),
        view("repair", ("上门日历", "Visits"), "calendar", group_by="visit_at"),
    ],
)  # fmt: skip

template_registry.register(
    Template(
        "manufacturing", Text("制造与设备", "Manufacturing and equipment"),
        Text("记录客户现场的设备、保修期和报修，附设备销售流程。",
             "Equipment at the customer's, its warranty and repairs, with a pipeline for equipment sales."),
        "factory", DOCUMENT,
        [
            Sample("customer", {
                "zh-CN": [{"name": "佛山市启明精密机械有限公司（示例）"}, {"name": "东莞市宏达注塑厂（示例）"}],
                "en": [{"name": "Brightline Precision Ltd (sample)"}, {"name": "Harbor Moulding Works (sample)"}]}),
            Sample("equipment", {
                "zh-CN": [{"name": "卧式加工中心", "customer": 0, "model": "HMC-630", "serial_no": "S-630-0017", "state": "running",
                           "warranty_end": "2027-06-30"},
                          {"name": "注塑机 3 号", "customer": 1, "model": "IM-280T", "serial_no": "S-280-0142", "state": "stopped",
                           "warranty_end": "2026-12-15"}],
                "en": [{"name": "Machining centre", "customer": 0, "model": "HMC-630", "serial_no": "S-630-0017",
                        "state": "running", "warranty_end": "2027-06-30"},
                       {"name": "Injection press 3", "customer": 1, "model": "IM-280T", "serial_no": "S-280-0142",
                        "state": "stopped", "warranty_end": "2026-12-15"}]}, {"customer": "customer"}),
            Sample("repair", {
                "zh-CN": [{"name": "合模异响", "equipment": 1, "status": "scheduled"}, {"name": "主轴温升偏高", "equipment": 0, "status": "reported"}],
                "en": [{"name": "Noise when closing", "equipment": 1, "status": "scheduled"},
                       {"name": "Spindle runs hot", "equipment": 0, "status": "reported"}]}, {"equipment": "equipment"}),
        ],
    )
)  # fmt: skip
