from enum import StrEnum


class Permission(StrEnum):
    """What may be done in the organisation."""

    READ_UNITS = "organisation:unit:read"
    CREATE_UNIT = "organisation:unit:create"
    CHANGE_UNIT = "organisation:unit:change"
    RENAME_UNIT = "organisation:unit:rename"
    MOVE_UNIT = "organisation:unit:move"
    CLOSE_UNIT = "organisation:unit:close"
    IMPORT_UNITS = "organisation:unit:import"
    EXPORT_UNITS = "organisation:unit:export"

    READ_PEOPLE = "organisation:person:read"
    CREATE_PERSON = "organisation:person:create"
    CHANGE_PERSON = "organisation:person:change"
    LEAVE = "organisation:person:leave"
    LINK_ACCOUNT = "organisation:person:link_account"
    IMPORT_PEOPLE = "organisation:person:import"
    EXPORT_PEOPLE = "organisation:person:export"

    READ_FUNCTIONS = "organisation:function:read"
    CREATE_FUNCTION = "organisation:function:create"
    CHANGE_FUNCTION = "organisation:function:change"

    READ_REQUIREMENTS = "organisation:requirement:read"
    SET_REQUIREMENT = "organisation:requirement:set"
    END_REQUIREMENT = "organisation:requirement:end"

    CREATE_OFFICE = "organisation:office:create"
    CHANGE_OFFICE = "organisation:office:change"

    READ_APPOINTMENTS = "organisation:appointment:read"
    PROPOSE = "organisation:appointment:propose"
    ACCEPT = "organisation:appointment:accept"
    DECLINE = "organisation:appointment:decline"
    WITHDRAW = "organisation:appointment:withdraw"
    ACTIVATE = "organisation:appointment:activate"
    CHANGE_APPOINTMENT = "organisation:appointment:change"
    CORRECT_GROUND = "organisation:appointment:correct_ground"
    RETRACT = "organisation:appointment:retract"
    ANNOUNCE_ENDING = "organisation:appointment:announce_ending"
    END = "organisation:appointment:end"
    IMPORT_APPOINTMENTS = "organisation:appointment:import"
    EXPORT_APPOINTMENTS = "organisation:appointment:export"

    READ_HANDOVER = "organisation:handover:read"
    COMPLETE_HANDOVER = "organisation:handover:complete"
    ADD_HANDOVER = "organisation:handover:add"

    APPOINT_STAND_IN = "organisation:stand_in:appoint"
    END_STAND_IN = "organisation:stand_in:end"
    WITHDRAW_STAND_IN = "organisation:stand_in:withdraw"
    REGISTER_ABSENCE = "organisation:absence:register"
    END_ABSENCE = "organisation:absence:end"

    EXTRACT = "organisation:person:extract"

    READ_GROUP_MAPPINGS = "organisation:group_mapping:read"
    CREATE_GROUP_MAPPING = "organisation:group_mapping:create"
    END_GROUP_MAPPING = "organisation:group_mapping:end"
