"""How people sign in: the settings of django-allauth and of passwords.

*How it works*: the web app speaks to allauth's headless API (`/_allauth/browser/v1/…`); there are no
pages rendered by the server. Failed attempts are counted in the database cache.

*See*: engine/identity, docs/reference/http-api.md.
"""

from guanxi.config.env import get_env

_env = get_env()

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": _env.url + "/verify-email/{key}",
    "account_reset_password": _env.url + "/reset-password",
    "account_reset_password_from_key": _env.url + "/reset-password/{key}",
    "account_signup": _env.url + "/sign-up",
    "socialaccount_login_error": _env.url + "/sign-in",
}

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = _env.trusted_proxies

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Guanxi"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _env.is_https
USERSESSIONS_TRACK_ACTIVITY = True
