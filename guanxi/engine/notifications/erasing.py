"""Where notices hold data of people."""

from guanxi.engine.tenancy.erasing import declare_place

declare_place("notification", "通知", "Notices", texts=("title", "body", "url", "data"), drops=True)
