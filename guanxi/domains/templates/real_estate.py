"""Real estate agency: homes for sale and rent, and who looks at them."""

from guanxi.domains.templates.writing import document, field, obj, pipeline, stage, view
from guanxi.engine.configuration.templates import Sample, Template, template_registry
from guanxi.kit.text import Text

DOCUMENT = document(
    objects=[
        obj("listing", ("房源", "Listing"), "Listings", icon="house", group="sales"),
        obj("viewing", ("带看", "Viewing"), "Viewings", icon="footprints", group="sales"),
    ],
    fields=[
        field("listing", "deal", "select", ("交易", "Deal"), in_list=True, required=True, options=[
            ("sale", "出售", "For sale", "blue"), ("rent", "出租", "For rent", "green")]),
        field("listing", "layout", "text", ("户型", "Layout"), in_list=True),
        field("listing", "area", "decimal", ("面积（㎡）", "Area (m²)"), in_list=True),
        field("listing", "price", "money", ("报价", "Price"), in_list=True),
        field("listing", "address", "address", ("地址", "Address"), in_list=True),
        field("listing", "photos", "image", ("照片", "Photos")),
        field("listing", "status", "select", ("状态", "Status"), in_list=True, options=[
            ("open", "在售/在租", "Available", "green"), ("reserved", "已定", "Reserved", "gold"), ("closed", "已成交", "Closed", "gray")]),
        field("listing", "landlord", "link", ("业主", "Owner of the home"), target="contact"),
        field("viewing", "listing", "link", ("房源", "Listing"), target="listing", in_list=True, required=True),
        field("viewing", "visitor", "link", ("客户", "Customer"), target="customer", in_list=True),
        field("viewing", "visit_at", "datetime", ("带看时间", "Time"), in_list=True),
        field("viewing", "liking", "rating", ("意向", "Interest"), in_list=True),
    ],
    pipelines=[
        pipeline("opportunity", ("二手房成交", "Home sales"), stage("登记需求", "Needs", probability=10, days=3),
                 stage("带看", "Viewings", probability=30, days=14), stage("议价", "Negotiation", probability=60, days=7),
                 stage("签约", "Contract", probability=85, days=10)),
    ],
    views=[
        view("listing", ("房源卡片", "Cards"), "gallery", cover="photos"),
        view("listing", ("片区汇总", "By district"), "regions", group_by="address"),
        view("viewing", ("带看日历", "Viewings by date"), "calendar", group_by="visit_at"),
    ],
)  # fmt: skip

template_registry.register(
    Template(
        "real_estate", Text("房产中介", "Real estate agency"),
        Text("房源、带看和业主，附二手房成交流程。", "Listings, viewings and landlords, with a pipeline for home sales."),
        "building", DOCUMENT,
        [
            Sample("listing", {
                "zh-CN": [{"name": "远洋城三房（示例）", "deal": "sale", "layout": "3 室 2 厅", "area": "108.5", "price": 1680000,
                           "address": "广东省中山市东区博爱五路", "status": "open"}],
                "en": [{"name": "Three rooms at Boai Road (sample)", "deal": "sale", "layout": "3 rooms", "area": "108.5",
                        "price": 1680000, "address": "广东省中山市东区博爱五路", "status": "open"}]}),
            Sample("viewing", {
                "zh-CN": [{"name": "第一次带看（示例）", "listing": 0, "liking": 4}],
                "en": [{"name": "First viewing (sample)", "listing": 0, "liking": 4}]}, {"listing": "listing"}),
        ],
    )
)  # fmt: skip
