"""Django's settings, made from `Env`: nothing here reads the environment by itself.

*How it works*: addresses, keys and switches come from env.py; everything else is what Guanxi needs
and nobody should have to set. Sign-in has a file of its own (sign_in_settings.py).

*Rules*: the web, the worker and every command sign in to the database as the restricted role; only
`guanxi migrate` runs with GUANXI_DB_ROLE=owner.

*See*: env.py, database.py, docs/reference/settings.md.
"""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from guanxi.config.database import app_login, django_database, owner_login, secret_key
from guanxi.config.env import get_env
from guanxi.config.own_hosts import own_hosts
from guanxi.config.sign_in_settings import *

_env = get_env()

SECRET_KEY = secret_key(_env)
DEBUG = _env.debug
GUANXI_HOME = _env.folder
GUANXI_PUBLIC_URL = _env.url
# Without mail nobody can be told by themselves that their address has an account: a form would have to tell everybody.
GUANXI_SIGN_UP_OPEN = _env.sign_up == "open" and bool(_env.email_url or not _env.production)
GUANXI_TRUSTED_PROXIES = _env.trusted_proxies
GUANXI_MASTER = {
    "kms_command": _env.kms_command,
    "key_file": _env.master_key_file,
    "key": _env.master_key,
}
# The web shows the doctor's findings, and may not import from this floor.
GUANXI_DOCTOR = "guanxi.config.doctor.run_checks"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "procrastinate.contrib.django",
    "guanxi.engine.tenancy",
    "guanxi.engine.vault",
    "guanxi.engine.identity",
    "guanxi.engine.entry",
    "guanxi.engine.sso",
    "guanxi.engine.schema",
    "guanxi.engine.access",
    "guanxi.engine.records",
    "guanxi.engine.notifications",
    "guanxi.engine.privacy",
    "guanxi.engine.duplicates",
    "guanxi.engine.finder",
    "guanxi.engine.changes",
    "guanxi.engine.handover",
    "guanxi.engine.transfer",
    "guanxi.engine.configuration",
    "guanxi.domains.templates",
    "guanxi.engine.views",
    "guanxi.engine.dashboards",
    "guanxi.engine.designer",
    "guanxi.engine.quality",
    "guanxi.engine.bounces",
    "guanxi.engine.audit",
    "guanxi.engine.subjects",
    "guanxi.domains.customers",
    "guanxi.domains.sales.pricing",
    "guanxi.domains.sales",
    "guanxi.domains.sales.pool",
    "guanxi.domains.sales.assignment",
    "guanxi.domains.sales.leads",
    "guanxi.domains.sales.pipeline",
    "guanxi.domains.sales.papers",
    "guanxi.domains.sales.orders",
    "guanxi.domains.sales.targets",
    "guanxi.domains.sales.follow_up",
    "guanxi.domains.sales.web_forms",
    "guanxi.domains.sales.costs",
    "guanxi.domains.sales.receivables",
    "guanxi.domains.sales.referrals",
    "guanxi.domains.insight.customers",
    "guanxi.config.backup",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.headless",
    "allauth.idp.oidc",
]
AUTH_USER_MODEL = "identity.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "guanxi.config.security_headers.SecurityHeadersMiddleware",
    "guanxi.web.cors.CorsMiddleware",
    "guanxi.web.database_away.DatabaseAwayMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "guanxi.web.json_bodies.JsonLimitsMiddleware",
    "guanxi.engine.entry.events.DeviceMiddleware",
    "guanxi.engine.entry.vouching.BoundSessionMiddleware",
    "guanxi.web.even_answers.EvenAnswersMiddleware",
    "guanxi.web.authentication.ApiMiddleware",
]

ROOT_URLCONF = "guanxi.config.urls"
ASGI_APPLICATION = "guanxi.config.asgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

DATABASES = {
    "default": django_database(_env, owner_login(_env) if _env.db_role == "owner" else app_login(_env))
}
# For work that needs DDL outside a migration (tenancy/owner.py); the web has no business with it.
GUANXI_OWNER_LOGIN: dict[str, Any] | None = None if _env.part == "web" else owner_login(_env)
GUANXI_APP_ROLE = app_login(_env).get("user", "")

# Lock-out counts must be the same in every process and outlive a restart.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]

STATIC_URL = "/static/"
MEDIA_ROOT = GUANXI_HOME / "files"
GUANXI_MAX_FILE_MB = _env.max_file_mb
GUANXI_VIRUS_SCANNER = _env.virus_scanner
GUANXI_AUDIT_MONTHS = _env.audit_months
# How often each process writes down what was read (engine/audit/counting.py); 0: never by itself.
GUANXI_AUDIT_FLUSH_SECONDS = 20
GUANXI_COMPANY_LOOKUP = {
    "tianyancha_token": _env.tianyancha_token,
    "tianyancha_url": _env.tianyancha_url,
    "qichacha_key": _env.qichacha_key,
    "qichacha_secret": _env.qichacha_secret,
    "qichacha_url": _env.qichacha_url,
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
# Of a body that is read into memory at once; uploads are streamed to disk and have limits of their own.
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

_public = urlsplit(_env.url)
_accepted = [_public.hostname or "localhost", *own_hosts(_env.host), *_env.allowed_hosts]
ALLOWED_HOSTS = [*dict.fromkeys(_accepted)]
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"]
if _env.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
GUANXI_OUTGOING_ALLOW = _env.outgoing_allow
GUANXI_DNS_SERVERS = _env.dns_servers
GUANXI_SSO_DOMAINS = _env.sso_domains
GUANXI_CORS_ORIGINS = frozenset(_env.cors_origins)
# A browser takes a cookie of these names from this host alone, over https alone, whatever a neighbour sets.
_host_only = "__Host-" if _env.is_https else ""
SESSION_COOKIE_NAME = f"{_host_only}guanxi_session"
CSRF_COOKIE_NAME = f"{_host_only}csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _env.is_https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _env.is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

DEFAULT_FROM_EMAIL = SERVER_EMAIL = _env.email_from
GUANXI_BOUNCE_MAILBOX = _env.bounce_mailbox
if _env.email_url:
    _mail = urlsplit(_env.email_url)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _mail.hostname or ""
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_USE_TLS = not EMAIL_USE_SSL and parse_qs(_mail.query).get("tls") != ["off"]
    EMAIL_PORT = _mail.port or (465 if EMAIL_USE_SSL else 587)
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = GUANXI_HOME / "mail"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "guanxi.config.log_lines.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "guanxi": {"level": _env.log_level.upper()},
        "django.request": {"level": "ERROR"},
        # Whoever sends a wrong Host header can fill the log otherwise.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        "procrastinate": {"level": "WARNING"},
    },
}
