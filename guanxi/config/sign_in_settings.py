"""How people sign in: the settings of django-allauth and of passwords.

*How it works*: the web app speaks to allauth's headless API (`/_allauth/browser/v1/…`); there are no
pages rendered by the server. Links in mails are built from the configured public address, never from
the Host header. With a mail server every address is confirmed before its first sign-in, which also
hides from strangers which addresses have an account; without one nothing can be confirmed.
Failed attempts are counted in the database cache.

*See*: engine/identity/sign_in.py, docs/adr/0010-sign-in.md, docs/reference/http-api.md.
"""

from guanxi.config.env import get_env

_env = get_env()
GUANXI_MAIL_CONFIGURED = bool(_env.email_url)
# Requests a minute, over all web processes; in-process counters share it out (ADR 0012).
GUANXI_RATE_LIMITS = {
    "token": _env.token_rate,
    "session": _env.session_rate,
    "workspace": _env.workspace_rate,
    "stranger": _env.stranger_rate,
}
GUANXI_DATABASE_POOL = _env.database_pool
GUANXI_WEB_PROCESSES = _env.web_process_count
# How long one statement of an API request may take; jobs have their own.
GUANXI_STATEMENT_TIMEOUT_MS = _env.statement_timeout_ms

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# ASVS 5.0: length and known passwords count, composition and rotation do not.
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "guanxi.engine.identity.passwords.MinimumLength", "OPTIONS": {"min_length": 12}},
    {"NAME": "guanxi.engine.identity.passwords.KnownPassword"},
    {"NAME": "guanxi.engine.identity.breached.BreachedPassword"},
    {"NAME": "guanxi.engine.entry.passwords.WorkspacePolicy"},
]
GUANXI_BREACHED_PASSWORDS = _env.breached_passwords
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_REDIRECT_URL = LOGIN_URL = "/"
LANGUAGE_COOKIE_NAME = "guanxi_language"

HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": _env.url + "/verify-email/{key}",
    "account_reset_password": _env.url + "/reset",
    "account_reset_password_from_key": _env.url + "/reset/{key}",
    "account_signup": _env.url + "/sign-up",
    "socialaccount_login_error": _env.url + "/sign-in",
}

ACCOUNT_ADAPTER = "guanxi.engine.entry.adapter.EntryAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "guanxi.engine.identity.sign_up_form.SignUpForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if GUANXI_MAIL_CONFIGURED else "none"
ACCOUNT_EMAIL_NOTIFICATIONS = GUANXI_MAIL_CONFIGURED
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": f"20/m/ip,5/{_env.lock_minutes}m/key"}
# How long these answers take, so that the time tells nobody whether an address has an account.
GUANXI_ANSWER_SECONDS = {"/_allauth/browser/v1/auth/password/request": 0.5}
if GUANXI_MAIL_CONFIGURED:
    GUANXI_ANSWER_SECONDS["/_allauth/browser/v1/auth/signup"] = 1.5
ALLAUTH_TRUSTED_PROXY_COUNT = _env.trusted_proxies

MFA_ADAPTER = "guanxi.engine.identity.sign_in.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# An unconfirmed address must not be locked for its real owner; without mail nothing can be confirmed.
MFA_ALLOW_UNVERIFIED_EMAIL = not GUANXI_MAIL_CONFIGURED
MFA_TOTP_ISSUER = "Guanxi"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _env.is_https
USERSESSIONS_ADAPTER = "guanxi.engine.entry.sessions.SessionsAdapter"
USERSESSIONS_TRACK_ACTIVITY = False
# The person whom `guanxi demo` makes; the sign-in page offers them where they exist.
# The account of the sample firm: known to everybody, and meant to be (`guanxi demo`).
GUANXI_DEMO_EMAIL = "demo@example.com"
GUANXI_DEMO_PASSWORD = "guanxi-demo-2026"  # noqa: S105 - see above
