"""What an activity is about: the links that tasks, notes, calls and events share."""

from guanxi.engine.schema.definitions import FieldDef, Section
from guanxi.engine.schema.registry import field
from guanxi.kit.text import Text

ABOUT = Section("about", Text("相关记录", "About"))
PARENTS = ("customer", "contact", "lead", "opportunity")


def next_contact_field() -> FieldDef:
    """When to be in touch again, as it is agreed with them."""
    return field(
        "next_contact_at",
        "datetime",
        Text("下次联系", "Next contact"),
        help=Text("会写到客户、线索或商机上。", "Is also set on the customer, lead or opportunity."),
        synonyms=("下次联系时间", "下次跟进", "下次跟进时间", "next contact", "next follow-up"),
    )


def photos_field() -> FieldDef:
    """What was photographed: the shop front, the sample, the whiteboard."""
    return field(
        "photos", "image", Text("照片", "Photos"), in_create=False, synonyms=("图片", "现场照片", "photos")
    )


def about_fields() -> list[FieldDef]:
    """The links to a customer, a contact, a lead and an opportunity."""
    return [
        field(
            "customer",
            "link",
            Text("客户", "Customer"),
            target="customer",
            section="about",
            in_list=True,
            synonyms=(
                "客户名称",
                "公司",
                "公司名称",
                "account",
                "company",
                "organization",
                "organization - name",
            ),
        ),
        field(
            "contact",
            "link",
            Text("联系人", "Contact"),
            target="contact",
            section="about",
            synonyms=("联系人姓名", "姓名", "contact name", "person - name"),
        ),
        field(
            "lead",
            "link",
            Text("线索", "Lead"),
            target="lead",
            section="about",
            synonyms=("线索名称", "lead name"),
        ),
        field(
            "opportunity",
            "link",
            Text("商机", "Opportunity"),
            target="opportunity",
            section="about",
            synonyms=("商机名称", "deal", "deal - title", "deal name", "opportunity name"),
        ),
    ]
