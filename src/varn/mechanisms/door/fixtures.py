"""Feedback on accessibility, and the addresses by which an account is entered."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from varn.kernel.planting import Plot, Thing
from varn.mechanisms.access.assurance import Assurance
from varn.mechanisms.access.models import Account
from varn.mechanisms.door.actions import add_passkey, answer_feedback, send_feedback
from varn.mechanisms.door.actions.tokens import make_token
from varn.mechanisms.door.models import BreakGlass, Session
from varn.mechanisms.door.permissions import Permission

DAY = timedelta(days=1)
UNPLANTED = {
    "Cached": "counts and tokens by their digests, without any content",
    "Session": "sealed with a key that its own browser alone has, and keys of the product's own",
    "Token.prefix": "the first letters of a secret",
    "Token.key": "a hash",
    "Feedback.reference": "a number that the product gives",
    "Feedback.language": "one of two languages",
    "Feedback.law": "the number of a rule",
    "Feedback.state": "a key of the product's own",
}


def stand(plot: Plot) -> Iterator[Thing]:
    """Somebody has written of a page they could not use, and has been answered; somebody else waits."""
    words = plot.words(general=(Permission.READ_FEEDBACK,))
    for number in (1, 2):
        feedback = send_feedback(
            text=words("Feedback.text"),
            page=f"/{words.key('Feedback.page')}",
            email=f"{words.key('Feedback.email')}@ekby.example",
            by=plot.by,
            at=plot.at,
        )
        if number == 1:
            answer_feedback(feedback=feedback, answer=words("Feedback.answer"), by=plot.by, at=plot.at)
    yield from _sealed(plot)
    keys = {"reference": feedback.reference}
    yield Thing(name="door:feedback", keys=keys, record=feedback, read=Permission.READ_FEEDBACK)


def _sealed(plot: Plot) -> Iterator[Thing]:
    """The account for emergencies, and what it was last entered for."""
    named = {"email": "krukan@ekby.example", "name": "Krukan", "is_administrator": True}
    account = Account.objects.create(created_at=plot.at, **named)
    entered = plot.words(general=(Permission.HEAR_BREAK_GLASS,))("BreakGlass.entered_for")
    BreakGlass.objects.create(account=account, sealed_at=plot.at, used_at=plot.at, entered_for=entered)
    keys = {"pk": account.pk}
    yield Thing(name="door:break_glass", keys=keys, record=account, read=Permission.SEAL_BREAK_GLASS)
    yield Thing(name="door:account", keys=keys, record=account, read=Permission.END_SESSIONS)


def give(plot: Plot) -> Iterator[Thing]:
    """A session elsewhere, a token, a passkey, and the address at which the account's password is chosen."""
    uid = urlsafe_base64_encode(force_bytes(plot.account.pk))
    yield Thing(name="access:choose", keys={"uid": uid, "token": "nothing"})
    words, name = plot.words(), plot.words()("Authenticator.data")
    limits = {"begun_at": plot.at, "seen_at": plot.at, "idle_until": plot.at + DAY, "ends_at": plot.at + DAY}
    session = Session.objects.create(account=plot.account, key=f"{plot.account.pk} elsewhere", **limits)
    yield Thing(name="door:session", keys={"pk": session.pk}, record=session)
    surely = Assurance.PHISHING_RESISTANT
    token, text = make_token(
        account=plot.account, name=words("Token.name"), days=9, assurance=surely, by=plot.by, at=plot.at
    )
    yield Thing(name="door:token", keys={"pk": token.pk}, record=text)
    passkey = add_passkey(account=plot.account, name=name, credential=_credential(), by=plot.by, at=plot.at)
    yield Thing(name="access:passkey", keys={"pk": passkey.pk}, record=passkey)
    yield Thing(name="access:factor", keys={"pk": passkey.pk}, record=passkey)


def _credential() -> dict[str, Any]:
    """What a browser says of a new passkey. Nobody has its key."""
    read: Callable[..., ES256] = ES256.from_cryptography_key
    key = read(generate_private_key(SECP256R1()).public_key())
    made = AttestedCredentialData.create(bytes(16), os.urandom(32), key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(sha256(b"localhost").digest(), flags, 0, made)
    told = CollectedClientData.create("webauthn.create", os.urandom(32), "http://localhost")
    answer = {
        "clientDataJSON": websafe_encode(told),
        "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
    }
    name = websafe_encode(made.credential_id)
    return {"id": name, "rawId": name, "type": "public-key", "response": answer, "clientExtensionResults": {}}
