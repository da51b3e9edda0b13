"""The `varn` command: Django's management commands under the product's own name."""

import os
import sys

from django.core.management import execute_from_command_line

from varn.config.env import usual_place


def main() -> None:
    """Run the command named on the command line with Värn's settings. The demo has a data folder of its own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varn.config.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("VARN_HOME", str(usual_place("varn-demo")))
        os.environ["VARN_DEMO"] = "true"
    execute_from_command_line(["varn", *sys.argv[1:]])


if __name__ == "__main__":
    main()
