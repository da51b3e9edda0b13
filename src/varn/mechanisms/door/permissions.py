from enum import StrEnum


class Permission(StrEnum):
    """What may be done at the door: with feedback, with others' sessions and with the break-glass account.

    The permissions of accounts are in `access`. Of what is their own, everybody sees and ends all.
    """

    READ_FEEDBACK = "door:feedback:read"
    ANSWER_FEEDBACK = "door:feedback:answer"
    END_SESSIONS = "door:session:end"
    MAKE_BREAK_GLASS = "door:break_glass:make"
    SEAL_BREAK_GLASS = "door:break_glass:seal"
    HEAR_BREAK_GLASS = "door:break_glass:hear"
