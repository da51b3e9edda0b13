"""What is done to who sees a record: levels, compartments and their members, subjects of cases, and shares."""

from varn.mechanisms.secrecy.actions.asking import Answer, ask_why
from varn.mechanisms.secrecy.actions.compartments import (
    Grounds,
    create_compartment,
    end_membership,
    grant_membership,
    place_in_compartment,
    take_out_of_compartment,
)
from varn.mechanisms.secrecy.actions.levels import lower_level, set_level
from varn.mechanisms.secrecy.actions.shares import share_record, take_back_share, tell_of_ending_share
from varn.mechanisms.secrecy.actions.subjects import end_subject, record_subject

__all__ = [
    "Answer",
    "Grounds",
    "ask_why",
    "create_compartment",
    "end_membership",
    "end_subject",
    "grant_membership",
    "lower_level",
    "place_in_compartment",
    "record_subject",
    "set_level",
    "share_record",
    "take_back_share",
    "take_out_of_compartment",
    "tell_of_ending_share",
]
