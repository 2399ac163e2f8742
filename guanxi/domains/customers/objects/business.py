"""What is known of a customer as a business: numbers, size, credit."""

from guanxi.domains.customers import options
from guanxi.engine.schema.definitions import FieldDef, Section
from guanxi.engine.schema.registry import field
from guanxi.kit.text import Text

BUSINESS = Section("business", Text("经营与信用", "Business and credit"))


def business_fields() -> list[FieldDef]:
    """The fields of the section."""
    return [
        field(
            "tax_number",
            "tax_number",
            Text("统一社会信用代码", "Tax number"),
            searchable=True,
            section="business",
            synonyms=(
                "信用代码",
                "税号",
                "纳税人识别号",
                "社会信用代码",
                "tax number",
                "tax id",
                "vat number",
                "uscc",
            ),
        ),
        field(
            "legal_representative",
            "text",
            Text("法定代表人", "Legal representative"),
            section="business",
            in_create=False,
            synonyms=("法人", "法人代表", "legal representative"),
        ),
        field(
            "registered_capital",
            "money",
            Text("注册资本", "Registered capital"),
            section="business",
            encryptable=True,
            in_create=False,
            synonyms=("注册资金", "registered capital"),
        ),
        field(
            "founded",
            "number",
            Text("成立年份", "Founded"),
            section="business",
            encryptable=True,
            in_create=False,
            config={"min": 1000, "max": 2200, "grouping": False},
            synonyms=("创立年份", "year established", "founded", "year founded", "established"),
        ),
        field(
            "founded_date",
            "date",
            Text("成立日期", "Incorporated on"),
            section="business",
            encryptable=True,
            in_create=False,
            synonyms=("注册日期", "成立时间", "date of incorporation", "incorporation date", "date founded"),
        ),
        field(
            "employees",
            "number",
            Text("员工人数", "Employees"),
            section="business",
            encryptable=True,
            in_create=False,
            config={"min": 0},
            synonyms=("人数", "员工数", "employees", "number of employees", "headcount"),
        ),
        field(
            "annual_revenue",
            "money",
            Text("年营业额", "Annual revenue"),
            section="business",
            encryptable=True,
            in_create=False,
            synonyms=("年收入", "年销售额", "营业收入", "revenue", "annual revenue", "turnover"),
        ),
        field(
            "credit_limit",
            "money",
            Text("信用额度", "Credit limit"),
            section="business",
            config={"min": 0},
            synonyms=("授信额度", "信用限额", "credit limit"),
        ),
        field(
            "payment_terms",
            "select",
            Text("账期", "Payment terms"),
            options=options.PAYMENT_TERMS,
            section="business",
            synonyms=("付款方式", "付款条件", "结算方式", "payment terms"),
        ),
    ]
