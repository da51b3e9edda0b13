from enum import StrEnum


class Permission(StrEnum):
    """What may be done with decisions and assignments."""

    READ_BODIES = "decisions:body:read"
    CREATE_BODY = "decisions:body:create"
    CHANGE_BODY = "decisions:body:change"
    CREATE_MEETING = "decisions:meeting:create"

    READ_READINGS = "decisions:reading:read"
    READ_MINUTES = "decisions:reading:create"
    DISCARD_READING = "decisions:reading:discard"

    READ_DECISIONS = "decisions:decision:read"
    REGISTER = "decisions:decision:register"
    VERIFY = "decisions:decision:verify"
    POST = "decisions:decision:post"
    GAIN_FORCE = "decisions:decision:gain_force"
    APPEAL = "decisions:decision:appeal"
    SETTLE_APPEAL = "decisions:decision:settle_appeal"
    QUASH = "decisions:decision:quash"
    REPEAL_DECISION = "decisions:decision:repeal"
    REINSTATE = "decisions:decision:reinstate"
    ANNUL = "decisions:decision:annul"
    FOLLOW = "decisions:decision:follow"
    CORRECT_DAYS = "decisions:decision:correct_days"
    EXPORT_DECISIONS = "decisions:decision:export"

    DISPATCH_DECISION = "decisions:dispatch:send"
    ACKNOWLEDGE = "decisions:dispatch:acknowledge"
    REMIND = "decisions:dispatch:remind"
    TAKE_BACK_DISPATCH = "decisions:dispatch:take_back"

    READ_ASSIGNMENTS = "decisions:assignment:read"
    MATCH = "decisions:assignment:match"
    ADOPT = "decisions:assignment:adopt"
    SUSPEND = "decisions:assignment:suspend"
    INTERPRET = "decisions:assignment:interpret"
    DELEGATE = "decisions:assignment:delegate"
    TAKE_BACK = "decisions:assignment:take_back"
    SUPPORT = "decisions:assignment:support"
    DISPATCH_ASSIGNMENT = "decisions:assignment:dispatch"
    RECALL = "decisions:assignment:recall"
    RECEIVE = "decisions:assignment:receive"
    PLAN = "decisions:assignment:plan"
    START = "decisions:assignment:start"
    REPORT_PROGRESS = "decisions:assignment:report_progress"
    REPORT_PART = "decisions:assignment:report_part"
    PROPOSE_REPORT = "decisions:assignment:propose_report"
    REPORT_BACK = "decisions:assignment:report_back"
    EXTEND = "decisions:assignment:extend"
    CLOSE = "decisions:assignment:close"
    REOPEN = "decisions:assignment:reopen"
    LINK_CLOSING = "decisions:closing:link"
    DISMISS_CLOSING = "decisions:closing:dismiss"
    CORRECT_CLOSING = "decisions:closing:correct"
    TELL_OVERDUE = "decisions:assignment:tell_overdue"
    LAPSE = "decisions:assignment:lapse"
    REPEAL_ASSIGNMENT = "decisions:assignment:repeal"
    ANNUL_ASSIGNMENT = "decisions:assignment:annul"
    EXPORT_ASSIGNMENTS = "decisions:assignment:export"


# What any reader whom a decision reaches may do with it; every other right on a decision is its own body's.
OPEN_TO_ALL_REACHED = frozenset(
    {
        Permission.READ_DECISIONS,
        Permission.EXPORT_DECISIONS,
        Permission.READ_ASSIGNMENTS,
        Permission.EXPORT_ASSIGNMENTS,
        Permission.ACKNOWLEDGE,
    }
)

# What the office that answers for an assignment, its delegate and its support do with it, beside the body itself.
OPEN_TO_THE_ASSIGNEE = frozenset(
    {
        Permission.INTERPRET,
        Permission.DELEGATE,
        Permission.TAKE_BACK,
        Permission.SUPPORT,
        Permission.RECEIVE,
        Permission.PLAN,
        Permission.START,
        Permission.REPORT_PROGRESS,
        Permission.REPORT_PART,
        Permission.PROPOSE_REPORT,
        Permission.REPORT_BACK,
    }
)
