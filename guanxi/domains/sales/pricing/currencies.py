"""Currencies that papers can be in, with their names.

*Rules*: those of three decimals (kit/currencies.py) are not offered, because money fields hold two (docs/adr/0065).
Codes are stored and never renamed.
"""

from guanxi.engine.schema.registry import options

CURRENCIES = options(
    ("CNY", "人民币 CNY", "Chinese yuan CNY"),
    ("USD", "美元 USD", "US dollar USD"),
    ("EUR", "欧元 EUR", "Euro EUR"),
    ("HKD", "港元 HKD", "Hong Kong dollar HKD"),
    ("JPY", "日元 JPY", "Japanese yen JPY"),
    ("GBP", "英镑 GBP", "Pound sterling GBP"),
    ("AED", "阿联酋迪拉姆 AED", "UAE dirham AED"),
    ("AUD", "澳大利亚元 AUD", "Australian dollar AUD"),
    ("BRL", "巴西雷亚尔 BRL", "Brazilian real BRL"),
    ("CAD", "加拿大元 CAD", "Canadian dollar CAD"),
    ("CHF", "瑞士法郎 CHF", "Swiss franc CHF"),
    ("DKK", "丹麦克朗 DKK", "Danish krone DKK"),
    ("IDR", "印尼盾 IDR", "Indonesian rupiah IDR"),
    ("INR", "印度卢比 INR", "Indian rupee INR"),
    ("KRW", "韩元 KRW", "South Korean won KRW"),
    ("MOP", "澳门元 MOP", "Macanese pataca MOP"),
    ("MXN", "墨西哥比索 MXN", "Mexican peso MXN"),
    ("MYR", "马来西亚林吉特 MYR", "Malaysian ringgit MYR"),
    ("NOK", "挪威克朗 NOK", "Norwegian krone NOK"),
    ("NZD", "新西兰元 NZD", "New Zealand dollar NZD"),
    ("PHP", "菲律宾比索 PHP", "Philippine peso PHP"),
    ("PLN", "波兰兹罗提 PLN", "Polish zloty PLN"),
    ("RUB", "俄罗斯卢布 RUB", "Russian rouble RUB"),
    ("SAR", "沙特里亚尔 SAR", "Saudi riyal SAR"),
    ("SEK", "瑞典克朗 SEK", "Swedish krona SEK"),
    ("SGD", "新加坡元 SGD", "Singapore dollar SGD"),
    ("THB", "泰铢 THB", "Thai baht THB"),
    ("TRY", "土耳其里拉 TRY", "Turkish lira TRY"),
    ("TWD", "新台币 TWD", "New Taiwan dollar TWD"),
    ("VND", "越南盾 VND", "Vietnamese dong VND"),
    ("ZAR", "南非兰特 ZAR", "South African rand ZAR"),
)
