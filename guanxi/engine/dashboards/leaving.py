"""The dashboards of somebody who leaves are passed on as their views are: see views/leaving.py."""

from guanxi.engine.dashboards.models import Dashboard
from guanxi.engine.identity.leaving import open_work
from guanxi.engine.views.leaving import SharedRows
from guanxi.kit.text import Text

open_work.register(SharedRows("dashboards", Text("仪表盘", "Dashboards"), Dashboard, ("is_default",)))
