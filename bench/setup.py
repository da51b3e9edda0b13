"""Django for what runs within an installation: `bench.filling` calls it when it is imported."""

import os

import django


def set_up() -> None:
    """The product's settings are loaded; `VARN_HOME` and `VARN_DATABASE_URL` say which installation is meant."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varn.config.settings")
    if "VARN_HOME" not in os.environ:
        raise SystemExit("Say with VARN_HOME (and VARN_DATABASE_URL) which empty installation the bench may fill.")
    django.setup()
