"""Everything that is done at the door."""

from varn.mechanisms.door.actions.accounts import close_account, create_account, open_account, reset_password
from varn.mechanisms.door.actions.entrance import (
    be,
    choose_language,
    choose_password,
    fail_sign_in,
    sign_in,
    sign_out,
)
from varn.mechanisms.door.actions.factors import (
    add_code_app,
    add_passkey,
    make_recovery_codes,
    remove_factor,
    rename_passkey,
    reset_factors,
    seal_factor_anew,
    use_recovery_code,
)
from varn.mechanisms.door.actions.feedback import answer_feedback, send_feedback
from varn.mechanisms.door.actions.watching import raise_alarm

__all__ = [
    "add_code_app",
    "add_passkey",
    "answer_feedback",
    "be",
    "choose_language",
    "choose_password",
    "close_account",
    "create_account",
    "fail_sign_in",
    "make_recovery_codes",
    "open_account",
    "raise_alarm",
    "remove_factor",
    "rename_passkey",
    "reset_factors",
    "reset_password",
    "seal_factor_anew",
    "send_feedback",
    "sign_in",
    "sign_out",
    "use_recovery_code",
]
