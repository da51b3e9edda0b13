"""Settings of an installation. What may differ between installations is read from the environment; nothing else is."""

import os
import sys

import environ

from varn.config.env import DEMO_MARK, data_folder, is_demo, secret, stop
from varn.config.queue import queue
from varn.config.sqlite.engine import choose_engine, init_command
from varn.kernel.lifecycle import Refusal
from varn.mechanisms.web.policy import PAGES

choose_engine()

env = environ.Env()
HOME = data_folder()
TESTING = "pytest" in sys.modules

DEBUG = False
DEMO = env.bool("VARN_DEMO", default=is_demo(HOME))
DEMO_FILE = HOME / DEMO_MARK
SECRET_KEY = secret(HOME, "session")
ALLOWED_HOSTS = env.list("VARN_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("VARN_ORIGINS", default=[])
PROXIES = env.list("VARN_PROXY", default=[])
BASE_URL = env("VARN_BASE_URL", default="http://localhost:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "django_cotton.apps.SimpleAppConfig",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "django_tasks",
    "huey.contrib.djhuey",
    "varn.mechanisms.access",
    "varn.mechanisms.web",
    "varn.mechanisms.audit",
    "varn.mechanisms.references",
    "varn.mechanisms.installation",
    "varn.mechanisms.moves",
    "varn.mechanisms.attachments",
    "varn.mechanisms.comments",
    "varn.mechanisms.jobs",
    "varn.mechanisms.notices",
    "varn.mechanisms.exports",
    "varn.mechanisms.imports",
    "varn.mechanisms.search",
    "varn.mechanisms.secrecy",
    "varn.mechanisms.approvals",
    "varn.mechanisms.ui",
    "varn.mechanisms.door",
    "varn.mechanisms.directory",
    "varn.areas.organisation",
    "varn.areas.decisions",
    "varn.overview",
]

MIDDLEWARE = [
    "varn.mechanisms.web.policy.Policy",
    "varn.mechanisms.web.answers.Answers",
    "django.middleware.security.SecurityMiddleware",
    "varn.mechanisms.web.origins.Origins",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "varn.mechanisms.door.sessions.middleware.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "varn.mechanisms.installation.chosen.ReadOnce",
    "varn.overview.first_run.gate.FirstRunGate",
    "varn.mechanisms.access.middleware.ViewerMiddleware",
    "varn.mechanisms.door.token_access.TokenAccess",
    "varn.mechanisms.web.sending.Sent",
    "varn.mechanisms.approvals.middleware.ApprovalMiddleware",
]

ROOT_URLCONF = "varn.config.urls"
WSGI_APPLICATION = "varn.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.Account"
LOGIN_URL = "access:sign-in"
LOGIN_REDIRECT_URL = "overview:my-day"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# How long the link for choosing a password works is a local rule of the lawbook (L06); this is only its ceiling.
PASSWORD_RESET_TIMEOUT = 3650 * 24 * 3600
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "varn.mechanisms.door.passwords.LongestPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "varn.mechanisms.door.passwords.NearAtHandValidator"},
]

# django-allauth is the engine of the door; its pages, mails and trail are the door's own (docs/mechanisms/door.md).
ACCOUNT_ADAPTER = "varn.mechanisms.door.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
# Failed attempts: all from one source, and those from it at one account (docs/decisions/0025). A success costs nothing.
ACCOUNT_RATE_LIMITS = {"feedback": "5/15m/ip", "login_failed": "30/15m/ip,5/15m/key", "token": "30/15m/ip"}
# Where the municipality's own directory is the only way in, save for the break-glass account.
SSO_ONLY = env.bool("VARN_SSO_ONLY", default=False)
MFA_ADAPTER = "varn.mechanisms.door.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 10
# A code lives for the half minute of its step. In tests somebody may come in more often than that.
MFA_TOTP_TOLERANCE = 1 if TESTING else 0
# The key that seals the secrets of second factors, and below it in the same file those that sealed before it.
FACTOR_KEYS = secret(HOME, "factors").split()
# The ways in of the municipality's own directory, as buttons of the sign-in page.
WAYS_IN = "varn.mechanisms.directory.ways.buttons"

# The municipality's own directory: single sign-on by the file of providers, and what SCIM says of people and groups
# (docs/mechanisms/directory.md). Who a person is, and what a group gives, the organisation knows.
SOCIALACCOUNT_ADAPTER = "varn.mechanisms.directory.sso.adapter.Adapter"
SSO_FILE = env("VARN_SSO", default="")
SCIM_EMPLOYEE_ID = env("VARN_SCIM_EMPLOYEE_ID", default="employeeNumber")
DIRECTORY_FACE = {
    "person_of": "varn.areas.organisation.queries.person_of",
    "given_by": "varn.areas.organisation.queries.given_by",
    "unknown_units": "varn.areas.organisation.queries.unknown_units",
    "receive_person": "varn.areas.organisation.importers.directory.receive_person",
    "link_person": "varn.areas.organisation.importers.directory.link_person",
    "follow_groups": "varn.areas.organisation.importers.directory.follow_groups",
}

# The face that access reads: what a person's appointments open, and which units lie within them.
ACCESS_SCOPES = "varn.areas.organisation.queries.scopes_of"
ACCESS_WITHIN = "varn.areas.organisation.queries.units_within"
# Who stands in the line of command over whom: they see no case against their own.
ACCESS_LINE = "varn.areas.organisation.queries.commands_over"
ACCESS_NAMES = "varn.areas.organisation.queries.naming"
# Whose appointments give a permission: they are told of what happens at the door.
ACCOUNTS_HOLDING = "varn.areas.organisation.queries.account_ids_holding"
# What the door answers a reader who must show more surely, or once more, who they are.
ASK_FOR_MORE = "varn.mechanisms.door.asking.ask_for_more"
ASK_AGAIN = "varn.mechanisms.door.asking.ask_again"

# What a protected action is guarded by, and what the guard asks of the organisation.
APPROVALS = "varn.mechanisms.approvals.asking.guard"
APPROVALS_LINE = "varn.areas.organisation.queries.lines_over"
APPROVALS_APPOINTED = "varn.areas.organisation.queries.account_ids_holding"

# What the shell shows from the storeys above it.
NAVIGATION = "varn.config.navigation.SECTIONS"
SESSION_SECONDS = "varn.mechanisms.door.sessions.limits.seconds_left"
UNREAD_NOTICES = "varn.mechanisms.notices.queries.unread_count"
FIRST_RUN = "varn.overview.first_run.steps.way_back"

# What a unit that closes leaves behind in the area above its own.
ASSIGNMENTS_OF_A_UNIT = "varn.areas.decisions.queries.open_assignments_of"

# What the areas give to the search and to the imports.
SEARCHABLES_FROM = "varn.config.search.SEARCHABLES"
IMPORTERS_FROM = "varn.config.imports.IMPORTERS"

DATABASES = {"default": env.db("VARN_DATABASE_URL", default=f"sqlite:///{HOME / 'varn.sqlite3'}")}
if "ENGINE" not in DATABASES["default"]:
    example = "postgres://user:password@host/name"
    stop(Refusal("kernel:refusal.setting_wrong", name="VARN_DATABASE_URL", example=example))
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {
        "ENGINE": "varn.config.sqlite",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": init_command()},
        "TEST": {"NAME": ":memory:"},
    }
else:
    # Pages ask many short questions: compiling each of them, or parting it on several processes, costs more than it
    # gives. A row elsewhere is as near as the next one, as on every disk without moving parts.
    page = "-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": {"options": page}}

# The queue only wakes the worker: what must happen is a row in the database, written with the change itself.
HUEY = queue(DATABASES["default"], home=HOME, secret=SECRET_KEY, immediate=TESTING)
TASKS = {"default": {"BACKEND": "huey.contrib.djhuey.tasks_backend.HueyBackend", "ENQUEUE_ON_COMMIT": True}}

# What is counted against a limit is counted by all processes together; what is only quick to have is in memory.
CACHES = {
    "default": {"BACKEND": "varn.mechanisms.door.cache.RowCache"},
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

SECURE = BASE_URL.startswith("https://")
# Under TLS a cookie is bound to this very host; the demo is served without. No cookie comes along from elsewhere.
COOKIE_PREFIX = "__Host-" if SECURE else ""
# A row for each session, named by a hash of what the browser holds (docs/mechanisms/sessions.md).
SESSION_ENGINE = "varn.mechanisms.door.sessions.store"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}varn_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "varn.mechanisms.ui.views.errors.form_expired"
SESSION_COOKIE_SECURE = SECURE
SECURE_HSTS_SECONDS = 63_072_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": PAGES}

# What the middlewares of mechanisms/web show of the pages above them.
PAGE_OF_HINDRANCE = "varn.mechanisms.ui.views.errors.error_page"
ANSWER_TO_WHAT_WAITS = "varn.mechanisms.approvals.middleware.led_to_request"
PAGE_ONCE_MORE = "varn.mechanisms.ui.views.errors.once_more"
# The pages that something else than a page of ours sends to, each with why.
OPEN_TO_OTHERS = {
    "web:report": "a browser tells of a breach of the policy; nothing is changed but a count",
    "directory:sso-callback": "the municipality's sign-in sends the visitor back; whose answer it is, the session says",
    "directory:sso-finish": "the page that its form leads on to; whose answer it is, the session says",
    "directory:sso-assertion": "the municipality's sign-in sends what it has signed; whose it is, the next page asks",
}

# A file is held in memory and refused above the limit, so that nothing a person sends is ever left in a public folder.
UPLOAD_LIMIT = 25 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["varn.mechanisms.attachments.uploads.BoundedUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django_cotton.cotton_loader.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "varn.mechanisms.ui.templatetags.ui",
                "varn.mechanisms.web.templatetags.web",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "varn.mechanisms.ui.context.shell",
            ],
        },
    }
]
COTTON_DIR = "components"
FORM_RENDERER = "varn.mechanisms.ui.rendering.Renderer"
DJANGO_TABLES2_TEMPLATE = "ui/table.html"

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}varn_language"
LANGUAGE_COOKIE_SAMESITE = "Strict"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
FORMAT_MODULE_PATH = ["varn.config.formats"]

STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "varn.mechanisms.web.static_files.Digested"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = HOME / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# Without a server mail waits in the outbox; the demo only pretends to send.
HAS_MAIL_SERVER = DEMO or TESTING or "VARN_EMAIL_URL" in os.environ
EMAIL_CONFIG = env.email("VARN_EMAIL_URL", default="dummymail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("VARN_EMAIL_FROM", default="varn@localhost")

LAWBOOK_LOCAL = os.environ.get("VARN_LAWBOOK")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "varn.mechanisms.web.logs.Line"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
