"""What the Chinese sample firm calls what it delivers, is owed and spends."""

from guanxi.domains.demo.words import TradeWords

TRADE = TradeWords(
    part="{deal} · 第 {n} 批",
    again="{product} 补货",
    carriers=("迅捷达物流", "南粤专线", "安途快运", "自有货车"),
    between="",
    cancelled=("客户内部立项取消", "型号改了，重新下单", "客户付款条件没谈拢"),
    instalments=("首付款 30%", "发货款 60%", "验收款 10%"),
    single="货款",
    expenses={
        "visit": ("拜访{firm}：交通住宿", "{firm}现场勘查差旅", "{firm}方案汇报差旅"),
        "gift": ("{firm}来访接待", "{firm}节日礼品", "{firm}商务午餐"),
        "sample": ("{firm}打样件", "寄{firm}样机试用", "{firm}试产物料"),
        "shipping": ("{firm}加急运费", "{firm}设备吊装运输"),
        "service": ("{firm}现场调试", "{firm}操作工培训", "{firm}售后上门"),
    },
    campaigns=("春季工业自动化展", "客户开放日", "视觉检测技术沙龙", "华东巡展"),
    sent_back=("缺发票，请补上再提交", "超出招待标准，请说明", "金额和票据对不上"),
)
