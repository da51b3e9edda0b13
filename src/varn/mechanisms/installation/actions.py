"""What can be changed about the installation."""

from datetime import datetime
from typing import Any

from varn.mechanisms.access.require import require
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.audit.trail import action, change, record
from varn.mechanisms.installation.chosen import DEFAULT_ACCENT
from varn.mechanisms.installation.loosening import loosens
from varn.mechanisms.installation.models import Setting
from varn.mechanisms.installation.permissions import Permission
from varn.mechanisms.protecting import protected


def _guards_less(*, by: Viewer, at: datetime, **values: Any) -> bool:
    return "reminders" in values and loosens(values["reminders"], on=by.day)


@protected("installation:setting:loosen", when=_guards_less)
@action
def change_setting(*, by: Viewer, at: datetime, **values: Any) -> Setting:
    """The installation has these values: any of the municipality's name, colours, mail, reminders and readiness."""
    require(Permission.CHANGE_SETTINGS, by=by)
    setting: Setting
    setting, _ = Setting.objects.select_for_update().get_or_create(pk=1, defaults={"accent": DEFAULT_ACCENT})
    changes = change(setting, **values)
    record(Permission.CHANGE_SETTINGS, setting, by=by, at=at, changes=changes)
    return setting
