"""Where dashboards hold data of people: a filter may ask for a name or a number."""

from guanxi.engine.tenancy.erasing import declare_place

declare_place("dashboard", "仪表盘", "Dashboards", texts=("name", "definition"))
