"""The ASGI application that every web process serves (see serving.py)."""

import os

from django.core.asgi import get_asgi_application

from guanxi.config.parent_watch import end_with_parent
from guanxi.web.body_limit import BodyLimit
from guanxi.web.static_files import StaticFiles

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanxi.config.settings")
os.environ.setdefault("GUANXI_PART", "web")

end_with_parent()
application = StaticFiles(BodyLimit(get_asgi_application()))
