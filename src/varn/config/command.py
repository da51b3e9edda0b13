"""The `varn` command: Django's management commands under the product's own name."""

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version

import django
from django.core.management import CommandError, execute_from_command_line, get_commands, load_command_class
from django.utils import translation
from django.utils.translation import gettext as _

from varn.config.env import language, stop, usual_place
from varn.kernel.faults import fault_of
from varn.kernel.lifecycle import Refusal

# What an installation needs of Django's own commands.
OF_DJANGO = ("migrate",)
# With it Django hands a fault on to us instead of writing its kind before it.
HAND_ON = "--traceback"


def main() -> None:
    """Run the command named on the command line with Värn's settings. The demo has a data folder of its own.

    What stands in the way is said in a sentence, without a traceback, and the program ends with another code than 0.
    """
    words = sys.argv[1:]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varn.config.settings")
    if words[:1] == ["demo"]:
        os.environ.setdefault("VARN_HOME", str(usual_place("varn-demo")))
        os.environ["VARN_DEMO"] = "true"
    try:
        _run(words)
    except Exception as error:
        fault = None if isinstance(error, CommandError) else fault_of(error)
        if HAND_ON in words or (fault is None and not isinstance(error, CommandError)):
            raise
        if fault is not None:
            stop(fault)
        print(error, file=sys.stderr)
        sys.exit(getattr(error, "returncode", 1))


def _run(words: Sequence[str]) -> None:
    django.setup()
    translation.activate(language())
    apps = get_commands()
    ours = {name: app for name, app in sorted(apps.items()) if str(app).startswith("varn.") or name in OF_DJANGO}
    name = words[0] if words else "help"
    if name in ours:
        execute_from_command_line(["varn", name, HAND_ON, *words[1:]])
    elif name in ("version", "--version"):
        print(version("varn"))
    elif name in ("help", "--help", "-h") and len(words) < 2:
        _help(ours)
    elif name in (*apps, "help"):
        execute_from_command_line(["varn", *words])
    else:
        stop(Refusal("kernel:refusal.unknown_command", name=name, known=", ".join(ours)))


def _help(commands: dict[str, str]) -> None:
    for name, app in commands.items():
        said = _("Bring the database up to this version.") if name in OF_DJANGO else load_command_class(app, name).help
        print(f"varn {name:<10} {said}")


if __name__ == "__main__":
    main()
