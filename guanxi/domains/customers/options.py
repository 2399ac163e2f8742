"""The choices that customers, leads and deals have in common: kinds, tiers, stages of life, industries.

Values are stored and never renamed; labels are the firm's words and can be changed in the workspace.
Colours are names of meanings (docs/reference/http-api.md), never hex.
"""

from guanxi.engine.schema.registry import options

KINDS = options(
    ("business", "企业客户", "Business", "slate"),
    ("consumer", "消费者客户", "Consumer", "blue"),
    ("intermediary", "中间客户", "Intermediary", "purple"),
    ("public_interest", "公利客户", "Public interest", "teal"),
    ("internal", "内部客户", "Internal", "gray"),
)

RELATIONSHIP_LEVELS = options(
    ("basic", "基本型", "Basic", "gray"),
    ("reactive", "被动型", "Reactive", "slate"),
    ("accountable", "责任型", "Accountable", "blue"),
    ("proactive", "能动型", "Proactive", "teal"),
    ("partnership", "伙伴型", "Partnership", "gold"),
)

TIERS = options(
    ("high", "高价值", "High value", "tier-high"),
    ("standard", "一般", "Standard", "tier-std"),
    ("low", "低价值", "Low value", "tier-low"),
)

LIFECYCLE = options(
    ("potential", "潜在", "Potential", "life-potential"),
    ("new", "新客户", "New", "life-new"),
    ("active", "活跃", "Active", "life-active"),
    ("dormant", "沉睡", "Dormant", "life-dormant"),
    ("lost", "流失", "Lost", "life-lost"),
    ("won_back", "挽回", "Won back", "life-wonback"),
)

SOURCES = options(
    ("exhibition", "展会", "Exhibition"),
    ("website", "官网", "Website"),
    ("referral", "转介绍", "Referral"),
    ("phone", "电话", "Telephone"),
    ("advertising", "广告", "Advertising"),
    ("search_engine", "搜索引擎", "Search engine"),
    ("social_media", "社交媒体", "Social media"),
    ("wecom", "企业微信", "WeCom"),
    ("marketplace", "电商平台", "Marketplace"),
    ("partner", "渠道伙伴", "Partner"),
    ("tender", "招标", "Tender"),
    ("visit", "上门拜访", "Field visit"),
    ("email", "邮件", "E-mail"),
    ("other", "其他", "Other", "gray"),
)

INDUSTRIES = options(
    ("automation", "自动化设备", "Automation"),
    ("machinery", "机械", "Machinery"),
    ("electronics", "电子", "Electronics"),
    ("automotive", "汽车", "Automotive"),
    ("metal", "五金", "Hardware & metal"),
    ("mold", "模具", "Moulds"),
    ("plastics", "塑料", "Plastics"),
    ("packaging", "包装", "Packaging"),
    ("lighting", "灯饰照明", "Lighting"),
    ("appliances", "家电", "Appliances"),
    ("furniture", "家居", "Furniture"),
    ("textile", "纺织服装", "Textile & clothing"),
    ("food", "食品饮料", "Food & drink"),
    ("chemical", "化工", "Chemicals"),
    ("energy", "能源电力", "Energy"),
    ("construction", "建筑工程", "Construction"),
    ("real_estate", "房地产", "Real estate"),
    ("logistics", "物流", "Logistics"),
    ("technology", "信息技术", "Technology"),
    ("software", "软件", "Software"),
    ("telecommunications", "通信", "Telecommunications"),
    ("retail", "零售", "Retail"),
    ("finance", "金融", "Finance"),
    ("medical", "医疗健康", "Healthcare"),
    ("education", "教育", "Education"),
    ("government", "政府机构", "Government"),
    ("marketing", "广告营销", "Marketing"),
    ("entertainment", "文化娱乐", "Entertainment"),
    ("employment", "人力资源", "Employment"),
    ("services", "商务服务", "Services"),
    ("agriculture", "农业", "Agriculture"),
    ("other", "其他", "Other", "gray"),
)

SIZES = options(
    ("1-19", "1–19 人", "1–19"),
    ("20-99", "20–99 人", "20–99"),
    ("100-299", "100–299 人", "100–299"),
    ("300-999", "300–999 人", "300–999"),
    ("1000-4999", "1000–4999 人", "1,000–4,999"),
    ("5000+", "5000 人以上", "5,000 and more"),
)

PAYMENT_TERMS = options(
    ("prepaid", "预付全款", "Prepaid"),
    ("deposit", "预付定金", "Deposit"),
    ("on_delivery", "货到付款", "On delivery"),
    ("monthly_30", "月结 30 天", "30 days end of month"),
    ("monthly_60", "月结 60 天", "60 days end of month"),
    ("monthly_90", "月结 90 天", "90 days end of month"),
    ("instalments", "分期付款", "Instalments"),
)

GENDERS = options(("male", "男", "Male"), ("female", "女", "Female"))

ROLES = options(
    ("decision_maker", "决策人", "Decision maker", "gold"),
    ("influencer", "影响人", "Influencer", "blue"),
    ("buyer", "采购", "Buyer", "teal"),
    ("technical", "技术把关", "Technical gatekeeper", "purple"),
    ("user", "使用人", "User", "slate"),
    ("finance", "财务", "Finance", "slate"),
    ("champion", "支持者", "Champion", "green"),
)
