"""What the English sample firm calls what it delivers, is owed and spends."""

from guanxi.domains.demo.words import TradeWords

TRADE = TradeWords(
    part="{deal} · part {n}",
    again="{product}, reorder",
    carriers=("Swiftline Freight", "Harbour Cartage", "Northgate Express", "Own truck"),
    between=", ",
    cancelled=(
        "The project was cancelled",
        "Another model; ordered anew",
        "No agreement on the terms of payment",
    ),
    instalments=("On signing, 30 %", "Before delivery, 60 %", "On acceptance, 10 %"),
    single="Goods",
    expenses={
        "visit": ("Travel to {firm}", "Site survey at {firm}", "Presentation at {firm}"),
        "gift": ("Visit of {firm}", "Lunch with {firm}", "Seasonal gifts for {firm}"),
        "sample": ("Sample parts for {firm}", "Trial machine to {firm}", "Trial material for {firm}"),
        "shipping": ("Express freight to {firm}", "Crane and transport for {firm}"),
        "service": ("Commissioning at {firm}", "Operator training at {firm}", "Service call at {firm}"),
    },
    campaigns=("Spring automation fair", "Open house", "Vision technology day", "Road show"),
    sent_back=("The receipt is missing", "Above the limit for hospitality", "Amount and receipt differ"),
)
