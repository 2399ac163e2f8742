"""The choices of leads, deals and activities.

Values are stored and never renamed; labels are the firm's words and can be changed in the workspace.
Stages are no options: they are rows of a pipeline (provisioning.py).
"""

from guanxi.engine.schema.registry import options

LEAD_STATUSES = options(
    ("new", "未处理", "New", "blue"),
    ("contacted", "已联系", "Contacted", "teal"),
    ("qualified", "有意向", "Qualified", "gold"),
    ("converted", "已转化", "Converted", "green"),
    ("disqualified", "已关闭", "Disqualified", "gray"),
)

DISQUALIFY_REASONS = options(
    ("no_need", "没有需求", "No need"),
    ("no_budget", "没有预算", "No budget"),
    ("wrong_number", "联系方式无效", "Wrong contact details"),
    ("unreachable", "一直联系不上", "Cannot be reached"),
    ("duplicate", "重复线索", "Duplicate"),
    ("not_our_market", "不在服务范围", "Not our market"),
    ("competitor", "同行打听", "A competitor asking"),
    ("other", "其他", "Other", "gray"),
)

OPPORTUNITY_STATUSES = options(
    ("open", "进行中", "Open", "blue"),
    ("won", "赢单", "Won", "green"),
    ("lost", "输单", "Lost", "clay"),
)

LOSS_REASONS = options(
    ("price", "价格太高", "Price too high"),
    ("competitor", "选择了竞争对手", "Chose a competitor"),
    ("no_budget", "没有预算", "No budget"),
    ("no_decision", "迟迟不决策", "No decision"),
    ("requirements", "产品不满足需求", "Product does not fit"),
    ("delivery", "交期赶不上", "Delivery too late"),
    ("relationship", "关系没做到位", "Relationship not strong enough"),
    ("cancelled", "项目取消", "Project cancelled"),
    ("other", "其他", "Other", "gray"),
)

WIN_REASONS = options(
    ("product", "产品更合适", "Better product"),
    ("price", "价格有优势", "Better price"),
    ("service", "服务和交期", "Service and delivery"),
    ("relationship", "客户关系", "Relationship"),
    ("reputation", "口碑与案例", "Reputation and references"),
    ("other", "其他", "Other", "gray"),
)

FORECAST_CATEGORIES = options(
    ("commit", "承诺", "Commit", "green"),
    ("best_case", "乐观", "Best case", "teal"),
    ("pipeline", "储备", "Pipeline", "blue"),
    ("omitted", "不计入", "Omitted", "gray"),
)

TASK_STATUSES = options(
    ("open", "待办", "Open", "blue"),
    ("done", "已完成", "Done", "green"),
    ("cancelled", "不做了", "Called off", "gray"),
)

REPEATS = options(
    ("daily", "每天", "Every day"),
    ("workdays", "周一到周五", "Monday to Friday"),
    ("weekly", "每周", "Every week"),
    ("biweekly", "每两周", "Every two weeks"),
    ("monthly", "每月", "Every month"),
    ("quarterly", "每季度", "Every quarter"),
    ("yearly", "每年", "Every year"),
    ("custom", "按规则", "By its rule", "gray"),
)

PRIORITIES = options(
    ("high", "高", "High", "red"),
    ("normal", "普通", "Normal", "slate"),
    ("low", "低", "Low", "gray"),
)

FOLLOW_UP_METHODS = options(
    ("phone", "电话", "Telephone"),
    ("visit", "拜访", "Visit"),
    ("wecom", "企业微信", "WeCom"),
    ("wechat", "微信", "WeChat"),
    ("email", "邮件", "E-mail"),
    ("sms", "短信", "SMS"),
    ("other", "其他", "Other", "gray"),
)

FOLLOW_UP_OUTCOMES = options(
    ("interested", "有意向", "Interested", "green"),
    ("considering", "再考虑", "Considering", "blue"),
    ("no_need", "无需求", "No need", "clay"),
    ("no_answer", "没联系上", "Not reached", "gray"),
)

CALL_DIRECTIONS = options(
    ("outbound", "呼出", "Outbound", "blue"),
    ("inbound", "呼入", "Inbound", "teal"),
)

CALL_OUTCOMES = options(
    ("interested", "有意向", "Interested", "green"),
    ("considering", "再考虑", "Considering", "blue"),
    ("connected", "已接通", "Connected", "slate"),
    ("no_answer", "未接通", "No answer", "gray"),
    ("no_need", "无需求", "No need", "clay"),
    ("wrong_number", "空号或错号", "Wrong number", "red"),
)

EVENT_KINDS = options(
    ("meeting", "会议", "Meeting", "blue"),
    ("visit", "拜访", "Visit", "teal"),
    ("demo", "演示", "Demonstration", "purple"),
    ("training", "培训", "Training", "gold"),
    ("other", "其他", "Other", "gray"),
)
