"""Django settings: safe defaults, changed only through the environment (`config.env`)."""

import sys
from pathlib import Path

from config import env

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [path for path in (str(ROOT / "src"), str(ROOT)) if path not in sys.path]

DATA = Path(env.text("QINCE_DATA", str(ROOT / "data"))).resolve()
DEBUG = env.flag("QINCE_DEBUG")
PRODUCTION = env.flag("QINCE_PRODUCTION")
SECRET_KEY = env.secret("QINCE_SECRET_KEY", DATA / "secret_key")
# Wraps the keys of sensitive data (kit.vault); without it a file in DATA/keys, made once.
OPERATOR_KEY = env.text("QINCE_OPERATOR_KEY")
NEW_OPERATOR_KEY = env.text("QINCE_NEW_OPERATOR_KEY")  # only for exchanging it
ALLOWED_HOSTS = env.items("QINCE_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.items("QINCE_TRUSTED_ORIGINS")
# Transport security follows the address people use: HTTPS by a proxy before us, or by our own web server.
BEHIND_PROXY = env.flag("QINCE_HTTPS")
TLS_CERTIFICATE, TLS_KEY = env.text("QINCE_TLS_CERTIFICATE"), env.text("QINCE_TLS_KEY")
HTTPS = BEHIND_PROXY or bool(TLS_CERTIFICATE)
# Where people open the service: stands in invitations.
_scheme = "https" if TLS_CERTIFICATE else "http"
PUBLIC_URL = (CSRF_TRUSTED_ORIGINS or [f"{_scheme}://127.0.0.1:{env.number('QINCE_PORT', 8000)}"])[0]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "csp",
    "ninja",
    "procrastinate.contrib.django",
    "qince.kit.apps.KitConfig",
    "qince.core.organizations",
    "qince.core.accounts",
    "qince.core.people",
    "qince.core.access",
    "qince.core.privacy",
    "qince.core.audit",
    "qince.core.letters",
    "qince.core.policy",
    "qince.core.signin",
    "qince.core.files",
    "qince.core.watch",
    "qince.core.erasure",
    "qince.core.guardians",
    "qince.core.certification",
    "qince.core.lifecycle",
    "qince.core.processing",
    "qince.core.rights",
    "qince.core.profile",
    "qince.core.incidents",
    "qince.engines.approvals",
    "qince.engines.partners",
    "qince.engines.notifications",
    "qince.engines.sync",
    "qince.engines.forms",
    "qince.masterdata.customers",
    "qince.masterdata.products",
    "qince.employee.attendance",
    "qince.employee.leave",
    "qince.employee.daily_reports",
    "qince.employee.calendar",
    "qince.sales.routes",
    "qince.sales.visits",
    "qince.sales.tracking",
    "qince.surfaces.home",
    "qince.surfaces.phone",
    "qince.surfaces.demo",
    "qince.surfaces.openapi",
]

MIDDLEWARE = [
    "config.middleware.without_nul",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "qince.core.watch.middleware.Watch",
    "config.middleware.Session",
    "django.middleware.locale.LocaleMiddleware",
    "config.middleware.Common",
    "config.middleware.Csrf",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.Authentication",
    "config.middleware.Messages",
    "config.middleware.Htmx",
    "qince.kit.csp.Middleware",
    "qince.core.access.middleware.ConsoleActor",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "qince.kit.context.console",
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]
FORM_RENDERER = "qince.kit.forms.Renderer"

# Database: the application role when given, else the owner (migrations, tests).
APPLICATION_ROLE = env.text("QINCE_APP_ROLE", "qince_app")
CITUS = env.flag("QINCE_CITUS")
REFERENCE_TABLES = ["organizations.Organization", "accounts.Account"]
DATABASES = {
    "default": {
        **env.database(
            env.text("QINCE_APP_DATABASE_URL") or env.text("QINCE_DATABASE_URL"), "qince.kit.postgresql"
        ),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": False,  # a lost connection is answered 503 once, and opened anew
        "TEST": {
            "NAME": env.text("QINCE_TEST_DATABASE", "test_qince"),
            "TEMPLATE": env.text("QINCE_TEST_TEMPLATE") or None,  # a migrated database to copy
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
SESSION_ENGINE = "config.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # scripts take the token from the page's forms
LOGIN_URL = "/sign-in/"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # the proxy asks it from beside us, without TLS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

TILE_URL = env.text("QINCE_TILE_URL")
TILE_DATUM = env.text("QINCE_TILE_DATUM", "WGS84")
TILE_ATTRIBUTION = env.text("QINCE_TILE_ATTRIBUTION")
_tile_host = "https://" + TILE_URL.split("/")[2].replace("{s}", "*") if "//" in TILE_URL else ""
# How people on this machine reach the console; printed, never used to build links.
_host = env.text("QINCE_HOST", "127.0.0.1").replace("0.0.0.0", "127.0.0.1")  # nosec B104
ADDRESS = f"{_scheme}://{_host}:{env.number('QINCE_PORT', 8000)}"
SOCKET_PORT = env.number("QINCE_SOCKET_PORT", env.number("QINCE_PORT", 8000) + 1)
SOCKET_URL = env.text("QINCE_SOCKET_URL")
# A policy knows no IPv6 addresses; ".example.org" stands for what lies below.
_named_hosts = [f"*{host}" if host.startswith(".") else host for host in ALLOWED_HOSTS if host[0] not in "*["]
_socket_hosts = dict.fromkeys(["localhost", "127.0.0.1", *_named_hosts])
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:", *([_tile_host] if _tile_host else [])],
        "media-src": ["'self'", "blob:"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "connect-src": [
            "'self'",
            *(
                [SOCKET_URL]
                if SOCKET_URL
                else [f"{'wss' if HTTPS else 'ws'}://{host}:{SOCKET_PORT}" for host in _socket_hosts]
            ),
        ],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = env.text("QINCE_TIME_ZONE", "Asia/Shanghai")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [("pwa", ROOT / "pwa")] if (ROOT / "pwa").exists() else []
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "blobs"},
    },
    "staticfiles": {"BACKEND": "qince.kit.storage.Storage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

# Messages to people: adapters by dotted name; the local one keeps them in the developer outbox.
SMS_ADAPTER = env.text("QINCE_SMS_ADAPTER", "qince.core.accounts.sms.local.LocalSms")
_smtp = env.smtp(env.text("QINCE_SMTP_URL"))
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if _smtp else "qince.core.letters.outbox.Outbox"
EMAIL_HOST, EMAIL_PORT = str(_smtp.get("host", "")), int(_smtp.get("port", 25))
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = str(_smtp.get("user", "")), str(_smtp.get("password", ""))
EMAIL_USE_TLS, EMAIL_USE_SSL = bool(_smtp.get("starttls")), bool(_smtp.get("tls"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("QINCE_MAIL_FROM", "Qince <no-reply@localhost>")
OPEN_REGISTRATION = env.flag("QINCE_OPEN_REGISTRATION", default=True)
# A free organization that nobody uses is taken back after so many days (0: never), warned so long before.
FREE_IDLE_DAYS = env.number("QINCE_FREE_IDLE_DAYS", 0)
# Within how many hours after a child was found everything about them is erased (C7-05, N-06).
CHILD_ERASURE_HOURS = env.number("QINCE_CHILD_ERASURE_HOURS", 24)
FREE_WARNING_DAYS = env.number("QINCE_FREE_WARNING_DAYS", 30)
DEVELOPER_OUTBOX = env.flag("QINCE_DEVELOPER_OUTBOX", default=not PRODUCTION)
DEVELOPER_OUTBOX_FOR_ALL = env.flag(
    "QINCE_DEVELOPER_OUTBOX"
)  # else this machine only: it shows sign-in codes

# Who runs this service: shown in the notice, in exports and in letters. Production refuses to start without it.
OPERATOR = {
    "name": env.text("QINCE_OPERATOR_NAME"),
    "address": env.text("QINCE_OPERATOR_ADDRESS"),
    "email": env.text("QINCE_OPERATOR_EMAIL"),
    "phone": env.text("QINCE_OPERATOR_PHONE"),
    "owner": env.text("QINCE_OPERATOR_OWNER"),
    "department": env.text("QINCE_OPERATOR_DEPARTMENT"),
    "officer": env.text("QINCE_OPERATOR_OFFICER"),
    "complaints": env.text("QINCE_OPERATOR_COMPLAINTS"),
}
# Certificates the operator really holds; the notice claims none that is not stated here.
CERTIFICATES = env.items("QINCE_CERTIFICATES")

# Who runs the services that are configured, and where: in the notice, beside what each is given (C4.1-18).
SERVICE_COMPANIES = {
    service: {
        "name": env.text(f"QINCE_{prefix}_COMPANY"),
        "country": env.text(f"QINCE_{prefix}_COUNTRY").upper(),
    }
    for service, prefix in (("map", "TILE"), ("sms", "SMS"), ("mail", "MAIL"))
}

# Push services of browser vendors that push messages may go through: google, mozilla, apple, microsoft. None: no push.
PUSH_SERVICES = [each.lower() for each in env.items("QINCE_PUSH_SERVICES")]

# Sharing: data stays in this country unless the cross-border register says otherwise (agreement 5.4).
REGION = env.text("QINCE_REGION", "CN")
# Addresses on this machine (host:port) that partners may be reached at: for the simulator and for tests.
PARTNER_LOCAL = env.items("QINCE_PARTNER_LOCAL")
# The same for push services: for tests.
PUSH_LOCAL = env.items("QINCE_PUSH_LOCAL")
PARTNER_LOCAL += PUSH_LOCAL
# The demo's partner lives at this address of our own, where a developer's machine runs the service.
PARTNER_SIMULATOR = (
    f"{ADDRESS}/partner-simulator/" if env.flag("QINCE_PARTNER_SIMULATOR", DEVELOPER_OUTBOX) else ""
)
if PARTNER_SIMULATOR:
    PARTNER_LOCAL.append(ADDRESS.removeprefix("http://"))
# Whether faces are compared by a machine where a matcher is installed: "auto", or "off": then people compare.
FACES = env.text("QINCE_FACES", "auto")
# The law that obliges the operator to disclose, where there is one; without it that case is not offered (annex D-01).
DISCLOSURE_DUTY_REFERENCE = env.text("QINCE_DISCLOSURE_DUTY_REFERENCE")
# Hours from discovering an incident to having told the people concerned and the regulator (C5.6, N-06).
INCIDENT_HOURS = env.positive("QINCE_INCIDENT_HOURS", 72)

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("QINCE_LOG_LEVEL", "WARNING")},
    "loggers": {"procrastinate": {"level": "WARNING"}},
}
