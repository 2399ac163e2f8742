"""Where hand-overs hold data of people: titles of what could not be moved."""

from guanxi.engine.tenancy.erasing import declare_place

declare_place("hand_over", "工作交接", "Hand-overs", texts=("plan", "refused", "work", "error"))
