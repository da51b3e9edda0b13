from enum import StrEnum


class Permission(StrEnum):
    """What may be done with decisions and assignments."""

    READ_BODIES = "decisions:body:read"
    CREATE_BODY = "decisions:body:create"
    CHANGE_BODY = "decisions:body:change"

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
    REPEAL_DECISION = "decisions:decision:repeal"
    ANNUL = "decisions:decision:annul"
    EXPORT_DECISIONS = "decisions:decision:export"

    DISPATCH_DECISION = "decisions:dispatch:send"
    ACKNOWLEDGE = "decisions:dispatch:acknowledge"
    REMIND = "decisions:dispatch:remind"

    READ_ASSIGNMENTS = "decisions:assignment:read"
    ADOPT = "decisions:assignment:adopt"
    INTERPRET = "decisions:assignment:interpret"
    DELEGATE = "decisions:assignment:delegate"
    DISPATCH_ASSIGNMENT = "decisions:assignment:dispatch"
    RECEIVE = "decisions:assignment:receive"
    PLAN = "decisions:assignment:plan"
    START = "decisions:assignment:start"
    REPORT_PROGRESS = "decisions:assignment:report_progress"
    REPORT_PART = "decisions:assignment:report_part"
    PROPOSE_REPORT = "decisions:assignment:propose_report"
    REPORT_BACK = "decisions:assignment:report_back"
    EXTEND = "decisions:assignment:extend"
    CLOSE = "decisions:assignment:close"
    REPEAL_ASSIGNMENT = "decisions:assignment:repeal"
    ANNUL_ASSIGNMENT = "decisions:assignment:annul"
    EXPORT_ASSIGNMENTS = "decisions:assignment:export"
