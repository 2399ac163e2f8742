"""Where saved views hold data of people: a filter may ask for a name or a number."""

from guanxi.engine.tenancy.erasing import declare_place

declare_place("saved_view", "保存的视图", "Saved views", texts=("name", "definition"))
