from enum import StrEnum


class Permission(StrEnum):
    """What may be done with requests. Their own rows open to those who asked, and to those who may decide them."""

    ASK = "approvals:approval:ask"
    WITHDRAW = "approvals:approval:withdraw"
    APPROVE = "approvals:approval:approve"
    DENY = "approvals:approval:deny"
    EXECUTE = "approvals:approval:execute"
    FAIL = "approvals:approval:fail"
    EXPIRE = "approvals:approval:expire"
    READ_PROTECTED = "approvals:protected_action:read"


class Deciding(StrEnum):
    """The kinds of deed that somebody may approve. Each protected action names one of them."""

    ADMINISTRATION = "approvals:administration:decide"
    RIGHTS = "approvals:right:decide"
    CASES = "approvals:case:decide"
    EXPORTS = "approvals:export:decide"
