"""The lock files carry all that pyproject.toml asks for, hashed, and name no registry."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ASKED = {
    "base.txt": PYPROJECT["project"]["dependencies"],
    "build.txt": PYPROJECT["build-system"]["requires"],
    "dev.txt": PYPROJECT["project"]["dependencies"] + PYPROJECT["project"]["optional-dependencies"]["dev"],
}
NPM_LOCK = ROOT / "frontend/package-lock.json"
LOCKS = [*(ROOT / "requirements" / name for name in ASKED), NPM_LOCK]


@pytest.mark.parametrize("name", ASKED)
def test_every_dependency_is_locked_within_its_range(name: str) -> None:
    locked = pins(name)
    wrong = [asked for asked in map(Requirement, ASKED[name]) if not fits(asked, locked)]
    assert not wrong, "run bin/lock"


@pytest.mark.parametrize("name", ASKED)
def test_every_locked_package_has_a_hash(name: str) -> None:
    unhashed = [entry.split()[0] for entry in entries(name) if "--hash=sha256:" not in entry]
    assert not unhashed


@pytest.mark.parametrize("name", ["base.txt", "build.txt"])
def test_a_developer_runs_the_versions_that_an_installation_runs(name: str) -> None:
    dev = pins("dev.txt")
    assert {package: dev[package] for package in pins(name) if package in dev}.items() <= pins(name).items()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_lock_names_an_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert not re.search(r"://|\.org\b|--(extra-)?index-url|--find-links", text)


def test_every_asset_is_locked_with_its_hash() -> None:
    asked = json.loads((ROOT / "frontend/package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = json.loads(NPM_LOCK.read_text(encoding="utf-8"))["packages"]
    locked = {name.removeprefix("node_modules/"): package for name, package in packages.items() if name}
    assert {name: locked[name]["version"] for name in asked} == asked
    assert all(package["integrity"].startswith("sha512-") for package in locked.values())


def fits(asked: Requirement, locked: dict[str, str]) -> bool:
    version = locked.get(canonicalize_name(asked.name))
    return version is not None and version in asked.specifier


def pins(name: str) -> dict[str, str]:
    found = (re.match(r"([\w.-]+)==([^\s;]+)", entry) for entry in entries(name))
    return {canonicalize_name(match[1]): match[2] for match in found if match}


def entries(name: str) -> list[str]:
    """One text per locked package, its hashes included."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
