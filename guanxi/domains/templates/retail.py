"""Retail and e-commerce: shops, members and what they buy."""

from guanxi.domains.templates.writing import document, field, obj, view
from guanxi.engine.configuration.templates import Sample, Template, template_registry
from guanxi.kit.text import Text

DOCUMENT = document(
    objects=[obj("shop", ("门店", "Shop"), "Shops", icon="store", group="sales")],
    fields=[
        field("shop", "channel", "select", ("渠道", "Channel"), in_list=True, options=[
            ("street", "线下门店", "Street shop", "green"), ("tmall", "天猫", "Tmall", "red"),
            ("jd", "京东", "JD.com", "orange"), ("mini", "微信小程序", "WeChat mini program", "blue"),
            ("douyin", "抖音", "Douyin", "purple")]),
        field("shop", "address", "address", ("地址", "Address"), in_list=True),
        field("shop", "opened_date", "date", ("开业日期", "Opened")),
        field("customer", "member_no", "serial", ("会员号", "Member number"), config={"pattern": "M{YYYY}{00000}", "reset": "year"}),
        field("customer", "member_level", "select", ("会员等级", "Member level"), in_list=True, options=[
            ("normal", "普通", "Normal", "gray"), ("silver", "银卡", "Silver", "blue"), ("gold", "金卡", "Gold", "gold")]),
        field("customer", "favourite_shop", "link", ("常去门店", "Favourite shop"), target="shop"),
        field("customer", "member_birthday", "date", ("会员生日", "Member's birthday")),
        field("customer", "wechat_followed", "boolean", ("已关注公众号", "Follows on WeChat")),
    ],
    views=[
        view("customer", ("金卡会员", "Gold members"), filter={"field": "member_level", "op": "is", "value": "gold"}),
        view("shop", ("门店分布", "Shops by region"), "regions", group_by="address"),
    ],
)  # fmt: skip

template_registry.register(
    Template(
        "retail", Text("零售与电商", "Retail and e-commerce"),
        Text("门店和渠道、会员号与等级、常去门店。", "Shops and channels, member numbers and levels, favourite shops."),
        "shopping-bag", DOCUMENT,
        [
            Sample("shop", {
                "zh-CN": [{"name": "中山石岐店（示例）", "channel": "street", "address": "广东省中山市石岐区中山路 1 号"},
                          {"name": "官方旗舰店（示例）", "channel": "tmall"}],
                "en": [{"name": "Shiqi shop (sample)", "channel": "street", "address": "广东省中山市石岐区中山路 1 号"},
                       {"name": "Flagship store (sample)", "channel": "tmall"}]}),
            Sample("customer", {
                "zh-CN": [{"name": "会员甲（示例）", "kind": "consumer", "member_level": "gold", "favourite_shop": 0}],
                "en": [{"name": "Member A (sample)", "kind": "consumer", "member_level": "gold", "favourite_shop": 0}],
            }, {"favourite_shop": "shop"}),
        ],
    )
)  # fmt: skip
