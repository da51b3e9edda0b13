"""Where an installation keeps its data, and the secrets it makes for itself on the first start."""

import os
import secrets
import sys
from pathlib import Path

DEMO_MARK = "demo.json"


def data_folder() -> Path:
    """The folder of this installation's data, made if it is missing, readable by its owner only.

    `VARN_HOME` names it; otherwise it is the platform's usual place for application data.
    """
    named = os.environ.get("VARN_HOME")
    folder = Path(named).expanduser() if named else usual_place("varn")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        sys.exit(f"Värn kan inte skapa sin datamapp {folder}: {error.strerror}. Ange en annan mapp med VARN_HOME.")
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


def is_demo(folder: Path) -> bool:
    """Whether the folder was made by `varn demo`."""
    return (folder / DEMO_MARK).is_file()


def usual_place(name: str) -> Path:
    """Where this platform keeps an application's data, for an application of this name."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / name
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / name
