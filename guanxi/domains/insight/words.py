"""What stages and segments are called: light enough for every process, beside the numbers that give them."""

from guanxi.kit.text import Text

STAGES = {
    "potential": Text("潜在", "Potential"),
    "new": Text("新客户", "New"),
    "active": Text("活跃", "Active"),
    "dormant": Text("沉睡", "Dormant"),
    "lost": Text("流失", "Lost"),
    "won_back": Text("挽回", "Won back"),
}
REASONS = {
    "new": Text("首次购买，尚未再次购买", "First purchase, none since"),
    "active": Text(
        "按自己的节奏购买（约 {gap} 天一次）", "Buys in their own rhythm (about every {gap} days)"
    ),
    "dormant": Text(
        "{since} 天没有购买，超过平常间隔 {gap} 天的 {times} 倍",
        "No purchase for {since} days, more than {times} times the usual {gap}",
    ),
    "lost": Text(
        "{since} 天没有购买，超过平常间隔 {gap} 天的 {times} 倍",
        "No purchase for {since} days, more than {times} times the usual {gap}",
    ),
    "won_back": Text("流失后再次购买，中断 {pause} 天", "Bought again after being lost, {pause} days later"),
}
SEGMENTS = {
    "champions": Text("冠军客户", "Champions"),
    "loyal": Text("忠诚客户", "Loyal"),
    "potential": Text("潜力客户", "Potential loyalists"),
    "new": Text("新客户", "New customers"),
    "promising": Text("有希望", "Promising"),
    "attention": Text("需要关注", "Need attention"),
    "sleepy": Text("即将沉睡", "About to sleep"),
    "at_risk": Text("有流失风险", "At risk"),
    "cannot_lose": Text("不能失去", "Cannot lose them"),
    "hibernating": Text("沉睡", "Hibernating"),
}
