import re
from pathlib import Path

import pytest

from varn.mechanisms.access.roles import ROLES, load_roles


def test_every_permission_of_the_table_is_written_area_thing_verb() -> None:
    permissions = {permission for role in ROLES.values() for permission in role.permissions}
    assert all(re.fullmatch(r"[a-z_]+:[a-z_]+:[a-z_]+", permission) for permission in permissions)


def test_the_administrator_holds_no_right_to_read_an_areas_content() -> None:
    content = {"organisation:person:read", "organisation:appointment:read", "decisions:decision:read"}
    assert not content & ROLES["administrator"].permissions


def test_a_role_with_an_unknown_field_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "roles.toml"
    table.write_text("[clerk]\noverview = false\nappoints = []\npermissions = []\nsees_all = true\n", encoding="utf-8")
    with pytest.raises(ValueError, match="sees_all"):
        load_roles(table)


def test_a_role_that_appoints_to_an_unknown_role_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "roles.toml"
    table.write_text('[clerk]\noverview = false\nappoints = ["king"]\npermissions = []\n', encoding="utf-8")
    with pytest.raises(ValueError, match="king"):
        load_roles(table)


@pytest.mark.parametrize("giver", [key for key in ROLES if key not in ("administrator", "chief_executive")])
def test_nobody_appoints_to_a_role_that_opens_more_than_their_own(giver: str) -> None:
    own = ROLES[giver]
    for given in (ROLES[key] for key in own.appoints):
        assert given.permissions <= own.permissions
        assert given.appoints <= own.appoints
        assert own.overview or not given.overview


def test_nobody_appoints_to_running_the_installation() -> None:
    assert not [role for role in ROLES.values() if "administrator" in role.appoints]
