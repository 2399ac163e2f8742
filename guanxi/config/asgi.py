"""The ASGI application that every web process serves (see serving.py)."""

import os

import django

from guanxi.config.parent_watch import end_with_parent
from guanxi.web.body_limit import BodyLimit
from guanxi.web.handling import ThreadHandler
from guanxi.web.static_files import StaticFiles

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanxi.config.settings")
os.environ.setdefault("GUANXI_PART", "web")

end_with_parent()
django.setup(set_prefix=False)
application = StaticFiles(BodyLimit(ThreadHandler()))
