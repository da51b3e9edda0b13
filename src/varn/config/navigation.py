"""The left navigation, in the order of the shell. An entry is shown to those who hold its permission."""

from django.utils.translation import gettext_lazy as _

from varn.mechanisms.ui.navigation import Entry, Section

SECTIONS = (
    Section(
        entries=(
            Entry(label=_("My day"), url_name="overview:my-day", icon="sun"),
            Entry(label=_("The whole picture"), url_name="overview:picture", icon="layout-dashboard"),
            Entry(
                label=_("Approvals"),
                url_name="approvals:approval-list",
                icon="checks",
                permission="approvals:approval:ask",
            ),
        )
    ),
    Section(
        label=_("Organisation"),
        entries=(
            Entry(
                label=_("Coverage"),
                url_name="organisation:coverage",
                icon="table",
                permission="organisation:appointment:read",
            ),
            Entry(
                label=_("Gaps"),
                url_name="organisation:gap-list",
                icon="alert-circle",
                permission="organisation:appointment:read",
            ),
            Entry(
                label=_("Units"),
                url_name="organisation:unit-list",
                icon="hierarchy",
                permission="organisation:unit:read",
            ),
            Entry(
                label=_("People"),
                url_name="organisation:person-list",
                icon="users",
                permission="organisation:person:read",
            ),
            Entry(
                label=_("Appointments"),
                url_name="organisation:appointment-list",
                icon="user-check",
                permission="organisation:appointment:read",
            ),
            Entry(
                label=_("Functions"),
                url_name="organisation:function-list",
                icon="id",
                permission="organisation:function:read",
            ),
            Entry(
                label=_("Offices"),
                url_name="organisation:office-list",
                icon="briefcase",
                permission="organisation:unit:read",
            ),
            Entry(
                label=_("Requirements"),
                url_name="organisation:requirement-list",
                icon="checkbox",
                permission="organisation:requirement:read",
            ),
        ),
    ),
    Section(
        label=_("Decisions and assignments"),
        entries=(
            Entry(
                label=_("Decisions"),
                url_name="decisions:decision-list",
                icon="gavel",
                permission="decisions:decision:read",
            ),
            Entry(
                label=_("Assignments"),
                url_name="decisions:assignment-list",
                icon="clipboard-list",
                permission="decisions:assignment:read",
            ),
            Entry(
                label=_("Dispatches"),
                url_name="decisions:dispatch-list",
                icon="send",
                permission="decisions:decision:read",
            ),
            Entry(
                label=_("Closings without an assignment"),
                url_name="decisions:closing-list",
                icon="link",
                permission="decisions:closing:link",
            ),
            Entry(
                label=_("Bring in a decision"),
                url_name="decisions:reading-create",
                icon="file-import",
                permission="decisions:reading:create",
            ),
            Entry(
                label=_("Bodies"),
                url_name="decisions:body-list",
                icon="building-bank",
                permission="decisions:body:read",
            ),
        ),
    ),
    Section(
        label=_("Administration"),
        entries=(
            Entry(label=_("Accounts"), url_name="access:account-list", icon="key", permission="access:account:read"),
            Entry(
                label=_("Directory"),
                url_name="directory:connection",
                icon="login",
                permission="directory:connection:read",
            ),
            Entry(
                label=_("What groups give"),
                url_name="organisation:group_mapping-list",
                icon="users-group",
                permission="organisation:group_mapping:read",
            ),
            Entry(
                label=_("Protected actions"),
                url_name="approvals:protected_action-list",
                icon="users",
                permission="approvals:protected_action:read",
            ),
            Entry(
                label=_("Compartments"),
                url_name="access:compartment-list",
                icon="lock",
                permission="access:compartment:read",
            ),
            Entry(
                label=_("Explain access"),
                url_name="secrecy:explain",
                icon="scale",
                permission="access:explanation:read",
            ),
            Entry(
                label=_("Roles"), url_name="organisation:role-list", icon="shield-lock", permission="access:role:read"
            ),
            Entry(
                label=_("Imports"),
                url_name="imports:run-list",
                icon="table-import",
                permission="imports:run:read",
            ),
            Entry(label=_("Mail"), url_name="notices:mail-list", icon="mail", permission="notices:mail:read"),
            Entry(label=_("Jobs"), url_name="jobs:run-list", icon="refresh", permission="jobs:run:read"),
            Entry(
                label=_("Accessibility feedback"),
                url_name="door:feedback-list",
                icon="accessible",
                permission="door:feedback:read",
            ),
            Entry(
                label=_("Settings"),
                url_name="ui:setting-change",
                icon="settings",
                permission="installation:setting:change",
            ),
        ),
    ),
    Section(
        label=_("Knowledge"),
        entries=(
            Entry(label=_("Handbook"), url_name="ui:handbook-list", icon="book"),
            Entry(label=_("Lawbook"), url_name="ui:rule-list", icon="scale"),
            Entry(label=_("Glossary"), url_name="ui:term-list", icon="language"),
        ),
    ),
)
