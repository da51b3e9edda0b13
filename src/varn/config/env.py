"""Where an installation keeps its data, and the secrets it makes for itself on the first start."""

import os
import secrets
import sys
from pathlib import Path
from typing import NoReturn

from varn.kernel.faults import file_fault
from varn.kernel.glossary import GLOSSARY
from varn.kernel.lifecycle import Refusal

DEMO_MARK = "demo.json"
CHOOSE_ANOTHER = Refusal("kernel:refusal.choose_folder")


def data_folder() -> Path:
    """The folder of this installation's data, made if it is missing, readable by its owner only.

    `VARN_HOME` names it; otherwise it is the platform's usual place for application data.
    """
    named = os.environ.get("VARN_HOME")
    folder = Path(named).expanduser() if named else usual_place("varn")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        stop(file_fault(error, folder), CHOOSE_ANOTHER)
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        stop(Refusal("kernel:refusal.file_closed", path=folder), CHOOSE_ANOTHER)
    return folder.resolve()


def secret(folder: Path, name: str) -> str:
    """A secret of 64 url-safe characters that stays the same for this data folder (file mode 0600)."""
    path = folder / f"{name}.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def stop(*why: Refusal) -> NoReturn:
    """The program ends with 1 and says why, in the language of the console."""
    sys.exit(" ".join(GLOSSARY.sentence(each.key, language(), each.values) for each in why))


def language() -> str:
    """The language of the console: Swedish, unless `VARN_LANGUAGE` is "en"."""
    return "en" if os.environ.get("VARN_LANGUAGE", "").lower().startswith("en") else "sv"


def is_demo(folder: Path) -> bool:
    """Whether the folder was made by `varn demo`."""
    return (folder / DEMO_MARK).is_file()


def usual_place(name: str) -> Path:
    """Where this platform keeps an application's data, for an application of this name."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / name
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / name
