"""The parts of the settings that roles open: what used to be "administrators only", one by one."""

from dataclasses import dataclass

from guanxi.kit.text import Text


@dataclass(frozen=True, slots=True)
class Area:
    """One part of the settings."""

    key: str
    label: Text
    help: Text


AREAS = tuple(
    Area(key, Text(*label), Text(*text))
    for key, label, text in (
        ("workspace", ("工作区设置", "Workspace"), ("名称、时区、货币", "Name, time zone, currency")),
        ("members", ("成员与部门", "People and teams"), ("邀请、停用成员，维护部门", "Invite and disable people, look after teams")),
        ("roles", ("角色与权限", "Roles and rights"), ("定义角色、给人分配角色、共享规则", "Define roles, give them to people, sharing rules")),
        ("schema", ("对象与字段", "Objects and fields"), ("设计对象、字段和流程阶段", "Design objects, fields and pipelines")),
        ("rules", ("规则与布局", "Rules and layouts"), ("校验、字段规则、页面布局、查重规则", "Validation, field rules, layouts, identity rules")),
        ("templates", ("行业模板与配置", "Templates and configuration"), ("套用模板，导入导出配置", "Apply templates, move configuration")),
        ("quality", ("数据质量", "Data quality"), ("评分设置、查重合并、申请处理", "What counts as good, finding and merging duplicates")),
        ("sales", ("销售规则", "Sales rules"), ("线索分配、公海、网页表单、目标", "How leads are shared out, pools, web forms, targets")),
        ("insight", ("洞察规则", "Insight rules"), ("生命周期、分级的规则，重新计算", "What stages and tiers follow from, computing anew")),
        ("views", ("公共视图", "Shared views"), ("维护所有人的视图", "Look after everybody's views")),
        ("import_setup", ("导入时新建", "Creating while importing"), ("导入时新建字段、选项和人员", "New fields, options and people from a file")),
        ("changes", ("任务与撤销", "Jobs and undo"), ("查看并撤销他人的导入和批量修改", "See and undo other people's imports and bulk changes")),
        ("audit", ("审计日志", "Audit log"), ("查询和导出审计记录", "Search and export the audit log")),
        ("security", ("登录与安全", "Sign-in and security"), ("密码策略、双因素、IP 白名单", "Password policy, second factors, allow-lists")),
        ("privacy", ("隐私", "Privacy"), ("同意记录与个人信息请求", "Consent and requests of persons")),
        ("backup", ("备份", "Backup"), ("备份与恢复", "Back up and restore")),
        ("system", ("系统状态", "System"), ("运行检查", "Health of the installation")),
    )
)  # fmt: skip
AREA_KEYS = frozenset(area.key for area in AREAS)
