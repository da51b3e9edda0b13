"""Parsing and checking what people write about the organisation."""

from varn.areas.organisation.forms.appointments import (
    ChangeForm,
    EndingForm,
    GroundForm,
    HandoverItemForm,
    ProposeForm,
)
from varn.areas.organisation.forms.extracting import ExtractForm
from varn.areas.organisation.forms.mappings import GroupMappingEndForm, GroupMappingForm
from varn.areas.organisation.forms.people import AccountForm, LeaveForm, PersonChangeForm, PersonForm
from varn.areas.organisation.forms.standing_in import AbsenceEndForm, AbsenceForm, StandInForm
from varn.areas.organisation.forms.structure import (
    FunctionForm,
    OfficeForm,
    RequirementEndForm,
    RequirementForm,
)
from varn.areas.organisation.forms.units import CloseForm, MoveForm, RenameForm, UnitChangeForm, UnitForm

__all__ = [
    "AbsenceEndForm",
    "AbsenceForm",
    "AccountForm",
    "ChangeForm",
    "CloseForm",
    "EndingForm",
    "ExtractForm",
    "FunctionForm",
    "GroundForm",
    "GroupMappingEndForm",
    "GroupMappingForm",
    "HandoverItemForm",
    "LeaveForm",
    "MoveForm",
    "OfficeForm",
    "PersonChangeForm",
    "PersonForm",
    "ProposeForm",
    "RenameForm",
    "RequirementEndForm",
    "RequirementForm",
    "StandInForm",
    "UnitChangeForm",
    "UnitForm",
]
