"""Two namespaces: `access` for what is done with accounts (their permissions are access's), `door` for the feedback."""

from django.urls import include, path

from varn.mechanisms.door.views import (
    accounts,
    break_glass,
    demo,
    enrolment,
    entrance,
    factors,
    feedback,
    proving,
    sessions,
    tokens,
)
from varn.mechanisms.secrecy.urls import access as compartments

access = [
    *compartments,
    path("sign-in/", entrance.sign_in, name="sign-in"),
    path("sign-out/", entrance.sign_out, name="sign-out"),
    path("language/", entrance.language, name="language"),
    path("password/<str:uid>/<str:token>/", entrance.choose_password, name="choose-password"),
    path("my-account/", accounts.own_account, name="own-account"),
    path("my-account/password/", entrance.change_password, name="change-password"),
    path("sign-in/first/", enrolment.enrol, name="enrol"),
    path("sign-in/first/code_app/", enrolment.enrol_code_app, name="enrol-code_app"),
    path("my-account/passkeys/add/", factors.passkey_add, name="passkey-add"),
    path("my-account/passkeys/<int:pk>/rename/", factors.passkey_rename, name="passkey-rename"),
    path("my-account/factors/<int:pk>/remove/", factors.factor_remove, name="factor-remove"),
    path("my-account/code_app/add/", factors.code_app_add, name="code_app-add"),
    path("my-account/recovery_codes/make/", factors.recovery_codes_make, name="recovery_codes-make"),
    path("accounts/", accounts.account_list, name="account-list"),
    path("accounts/create/", accounts.account_create, name="account-create"),
    path("accounts/<int:pk>/", accounts.account_detail, name="account-detail"),
    path("accounts/<int:pk>/reset_password/", accounts.account_reset_password, name="account-reset_password"),
    path("accounts/<int:pk>/reset_factors/", accounts.account_reset_factors, name="account-reset_factors"),
    path("accounts/<int:pk>/close/", accounts.account_close, name="account-close"),
    path("accounts/<int:pk>/open/", accounts.account_open, name="account-open"),
    path("demo/people/", demo.demo_people, name="demo-people"),
    path("demo/people/<int:pk>/be/", demo.demo_be, name="demo-be"),
]

door = [
    path("accessibility/feedback/", feedback.feedback_send, name="feedback-send"),
    path("accessibility/feedback/sent/", feedback.feedback_sent, name="feedback-sent"),
    path("feedback/", feedback.feedback_list, name="feedback-list"),
    path("feedback/<str:reference>/", feedback.feedback_detail, name="feedback-detail"),
    path("feedback/<str:reference>/answer/", feedback.feedback_answer, name="feedback-answer"),
    path("my-account/sessions/", sessions.session_list, name="session-list"),
    path("my-account/sessions/<int:pk>/end/", sessions.session_end, name="session-end"),
    path("my-account/sessions/end_others/", sessions.session_end_others, name="session-end_others"),
    path("my-account/stronger/", sessions.stronger, name="stronger"),
    path("my-account/kept/", sessions.kept, name="kept-form"),
    path("my-account/stay/", sessions.stay, name="stay"),
    path("my-account/tokens/", tokens.token_list, name="token-list"),
    path("my-account/tokens/make/", tokens.token_make, name="token-make"),
    path("my-account/tokens/<int:pk>/revoke/", tokens.token_revoke, name="token-revoke"),
    path("my-account/break_glass/", break_glass.break_glass_enter, name="break_glass-enter"),
    path("accounts/<int:pk>/break_glass/make/", break_glass.break_glass_make, name="break_glass-make"),
    path("accounts/<int:pk>/break_glass/seal/", break_glass.break_glass_seal, name="break_glass-seal"),
    path("accounts/<int:pk>/sessions/", sessions.account_end_sessions, name="account-end_sessions"),
]

# The names by which django-allauth finds its way to the door's own pages.
allauth = [
    path("sign-in/", entrance.sign_in, name="account_login"),
    path("sign-in/passkey/", proving.passkey_alone, name="mfa_login_webauthn"),
    path("sign-in/second/", proving.second_step, name="mfa_authenticate"),
    path("sign-in/again/", proving.show_again, name="account_reauthenticate"),
]

urlpatterns = [path("", include((access, "access"))), path("", include((door, "door"))), *allauth]
