"""What is done with the connection to the directory, and what the directory itself does through it."""

from varn.mechanisms.directory.actions.groups import change_group, name_group, receive_group, remove_group
from varn.mechanisms.directory.actions.signing_in import hear_groups, open_for_person
from varn.mechanisms.directory.actions.tokens import create_token, revoke_token
from varn.mechanisms.directory.actions.users import change_user, receive_user, remove_user

__all__ = [
    "change_group",
    "change_user",
    "create_token",
    "hear_groups",
    "name_group",
    "open_for_person",
    "receive_group",
    "receive_user",
    "remove_group",
    "remove_user",
    "revoke_token",
]
