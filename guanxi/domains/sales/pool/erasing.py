"""Where public pools hold data of people: a filter may ask for a name or a number."""

from guanxi.engine.tenancy.erasing import declare_place

declare_place("sales_pool", "公海规则", "Rules of public pools", texts=("name", "filter", "exempt", "rules"))
