"""The kinds of factor that somebody can have besides a password."""

from allauth.mfa.models import Authenticator

PASSKEY = Authenticator.Type.WEBAUTHN
CODE_APP = Authenticator.Type.TOTP
RECOVERY_CODES = Authenticator.Type.RECOVERY_CODES
# Those that are second factors by themselves; recovery codes only stand in for them.
SECOND = (PASSKEY, CODE_APP)
