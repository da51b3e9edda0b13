"""The `varn` command: Django's management commands under the product's own name."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command named on the command line with Värn's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varn.config.settings")
    execute_from_command_line(["varn", *sys.argv[1:]])
