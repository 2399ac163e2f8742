"""Where targets hold data of people: a filter may ask for a name or a number."""

from guanxi.engine.tenancy.erasing import declare_place

declare_place("target_plan", "目标", "Targets", texts=("name", "filter"))
