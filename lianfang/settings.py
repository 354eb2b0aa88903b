"""The settings of the house, all in this file.

Every value that an installation may change is read from an environment variable
`LIANFANG_…` (or `DATABASE_URL`) by the functions at the top, and is described in
`docs/reference/settings.md`, which a test holds against this file.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from lianfang.book.keyring import Keyring

PACKAGE = Path(__file__).resolve().parent


def from_environment(name: str, default: str) -> str:
    return os.environ.get(name, default)


def switched_on(name: str, default: str) -> bool:
    value = from_environment(name, default).lower()
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}")
    return value == "1"


# Where this installation keeps what is its own: database, keys, uploads, backups.
DATA_DIR = Path(from_environment("LIANFANG_DATA", "data")).absolute()
# Whoever reads the database file reads the sessions of those who are signed in: it is for the service alone.
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)


def database(url: str) -> dict[str, Any]:
    """The Django database of a `DATABASE_URL` (sqlite:///path or postgresql://user:pw@host:port/name)."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path[1:] if parts.path.startswith("//") else parts.path,
            # Closing the last connection writes the whole log back into the file: not after each request.
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                # Writers queue at the start of a transaction instead of failing in its middle.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
            },
            # In a file, as in life: a database in memory does not let one writer wait for another.
            "TEST": {"NAME": str(DATA_DIR / "test.sqlite3")},
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": parts.port or "",
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ImproperlyConfigured(f"DATABASE_URL must begin with sqlite:/// or postgresql://, not {url!r}")


# aes or sm4: what seals personal fields at rest.
CIPHER = from_environment("LIANFANG_CIPHER", "aes")
if CIPHER not in {"aes", "sm4"}:
    raise ImproperlyConfigured(f"LIANFANG_CIPHER must be aes or sm4, not {CIPHER!r}")

DEBUG = switched_on("LIANFANG_DEBUG", "0")
KEYRING = Keyring.of_folder(DATA_DIR / "keys")
SECRET_KEY = KEYRING.session_secret
ALLOWED_HOSTS = from_environment("LIANFANG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
PUBLIC_ADDRESS = from_environment("LIANFANG_PUBLIC_ADDRESS", "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS]
BEHIND_TLS = switched_on("LIANFANG_TLS", "0")

DATABASES = {"default": database(from_environment("DATABASE_URL", f"sqlite:///{DATA_DIR / 'book.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "lianfang.web",
    "lianfang.field",
    "lianfang.enterprises",
    "lianfang.rounds",
    "lianfang.duty",
    "lianfang.gates",
    "lianfang.volunteers",
    "lianfang.inspections",
    "lianfang.notices",
    "lianfang.giving",
    "lianfang.places",
    "lianfang.people",
    "lianfang.desk",
    "lianfang.book",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "simple_history",
    "tree_queries",
    "ninja",
]

MIDDLEWARE = [
    "lianfang.desk.middleware.caller_address",
    "django.middleware.security.SecurityMiddleware",
    "lianfang.field.middleware.phones_straight_in",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "lianfang.desk.middleware.officer_language",
    "lianfang.people.onetime.choose_own_password",
    "lianfang.desk.middleware.current_response",
    "lianfang.desk.middleware.not_kept_by_browsers",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "lianfang.urls"
WSGI_APPLICATION = "lianfang.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lianfang.desk.context.page",
            ],
            "builtins": ["lianfang.desk.templatetags.desk", "django.templatetags.i18n"],
        },
    },
]
FORM_RENDERER = "lianfang.desk.forms.Renderer"

# Language and time: written in Chinese first; a statistical day is a day in China.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# Sign-in.
AUTH_USER_MODEL = "people.Officer"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["lianfang.people.passwords.BoundedArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "lianfang.people.signin.NoSignupAdapter"
ACCOUNT_FORMS = {"login": "lianfang.web.signin.LoginForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "lianfang.web.signin.PasskeyForm"}
MFA_TOTP_ISSUER = "联防"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_TLS
USERSESSIONS_TRACK_ACTIVITY = True
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "people/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_VERBOSE = False

# Sessions, cookies, transport.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_HSTS_SECONDS = 31536000 if BEHIND_TLS else 0
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
# Rate limits and lock-outs must be seen by every worker process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
    }
}

# Files.
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "uploads"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# The largest file or pasted text that the intake takes, in bytes.
INTAKE_MAX_BYTES = int(from_environment("LIANFANG_INTAKE_MAX_BYTES", str(10 * 1024 * 1024)))
# Another extractor for the intake (an OpenAI-compatible address); off unless both are set.
INTAKE_MODEL_ADDRESS = from_environment("LIANFANG_INTAKE_MODEL_ADDRESS", "")
INTAKE_MODEL_NAME = from_environment("LIANFANG_INTAKE_MODEL_NAME", "")
INTAKE_MODEL_KEY = from_environment("LIANFANG_INTAKE_MODEL_KEY", "")
# How many rows a page of a list shows.
ROWS_A_PAGE = 50

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
