"""Sign-in providers of a municipality's own, made for the tests: real keys, real signatures, real HTTP on this machine.

Each can be told to lie in one way or another, so that it is seen that nobody comes in by a lie.
"""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from jwt.algorithms import RSAAlgorithm
from onelogin.saml2.utils import OneLogin_Saml2_Utils

CLIENT = "varn"
SECRET = "a secret of the tests"
TWO_FACTORS = "urn:example:loa3"


def new_key() -> rsa.RSAPrivateKey:
    """A key that nobody has had before."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(key: rsa.RSAPrivateKey) -> str:
    """The key as text."""
    kind = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption()).decode()


def certificate(key: rsa.RSAPrivateKey) -> str:
    """What says whose the key is, signed by itself."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.example")])
    now = datetime.now(tz=UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=9))
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


@dataclass
class OidcProvider:
    """A provider of OpenID Connect. `claims` is what it says; `lie` changes the token before it goes out."""

    issuer: str = ""
    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    claims: dict[str, Any] = field(default_factory=dict)
    lie: Callable[["OidcProvider", dict[str, Any]], str] | None = None
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    exchanged: list[str] = field(default_factory=list)

    def code_for(self, question: dict[str, str]) -> str:
        """A code for what was asked, good once."""
        code = uuid4().hex
        self.asked[code] = question
        return code

    def token_for(self, question: dict[str, str]) -> str:
        """The token that answers the question."""
        now = int(datetime.now(tz=UTC).timestamp())
        said = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "nonce": question.get("nonce", ""),
            **self.claims,
        }
        return self.lie(self, said) if self.lie else self.signed(said)

    def signed(self, said: dict[str, Any], key: Any = None, algorithm: str = "RS256", kid: str = "one") -> str:
        """The claims, signed."""
        return jwt.encode(said, key or self.key, algorithm=algorithm, headers={"kid": kid})

    def jwks(self) -> dict[str, Any]:
        """The key by which the signatures are checked."""
        public = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "one", "use": "sig", "alg": "RS256"}]}

    def exchange(self, form: dict[str, str]) -> dict[str, Any] | None:
        """What the code is exchanged for, when the one who asks is the one who asked."""
        question = self.asked.pop(form.get("code", ""), None)
        if question is None:
            return None
        challenge = base64.urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=")
        if challenge.decode() != question.get("code_challenge"):
            return None
        self.exchanged.append(form["code"])
        return {"access_token": uuid4().hex, "token_type": "Bearer", "id_token": self.token_for(question)}

    def described(self) -> dict[str, Any]:
        """What it says of itself."""
        place = self.issuer.rstrip("/")
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{place}/authorize",
            "token_endpoint": f"{place}/token",
            "jwks_uri": f"{place}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }


class _Answering(BaseHTTPRequestHandler):
    provider: OidcProvider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/.well-known/openid-configuration":
            self._json(self.provider.described())
        elif parts.path == "/keys":
            self._json(self.provider.jwks())
        elif parts.path == "/authorize":
            question = {name: values[0] for name, values in parse_qs(parts.query).items()}
            said = {"code": self.provider.code_for(question), "state": question["state"]}
            self.send_response(302)
            self.send_header("Location", f"{question['redirect_uri']}?{urlencode(said)}")
            self.end_headers()
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        answer = self.provider.exchange(form) if self.headers.get("Authorization") == f"Basic {basic}" else None
        self._json(answer or {"error": "invalid_grant"}, 200 if answer else 400)

    def _json(self, content: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@contextmanager
def serving(provider: OidcProvider) -> Iterator[OidcProvider]:
    """The provider answers on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answering", (_Answering,), {"provider": provider}))
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


ASSERTION = """<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" \
xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
ID="{id}" Version="2.0" IssueInstant="{now}"><saml:Issuer>{issuer}</saml:Issuer><saml:Subject>\
<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{subject}</saml:NameID>\
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData \
NotOnOrAfter="{ends}" Recipient="{recipient}"{asked}/></saml:SubjectConfirmation></saml:Subject>\
<saml:Conditions NotBefore="{begins}" NotOnOrAfter="{ends}"><saml:AudienceRestriction><saml:Audience>{audience}\
</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{known}" \
SessionIndex="{id}"><saml:AuthnContext><saml:AuthnContextClassRef>{context}</saml:AuthnContextClassRef>\
</saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"""
RESPONSE = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" \
xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}" Version="2.0" IssueInstant="{now}" \
Destination="{recipient}"{asked}><saml:Issuer>{issuer}</saml:Issuer><samlp:Status><samlp:StatusCode \
Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{assertion}</samlp:Response>"""
ATTRIBUTE = """<saml:Attribute Name="{name}">{values}</saml:Attribute>"""
VALUE = """<saml:AttributeValue xsi:type="xs:string">{value}</saml:AttributeValue>"""


@dataclass
class SamlProvider:
    """A provider of SAML 2.0. What it says can be changed before it is signed (`said`) and after (`lie`)."""

    recipient: str
    audience: str
    issuer: str = "https://idp.example/saml"
    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    subject: str = "subject-1"
    attributes: dict[str, list[str]] = field(default_factory=dict)
    context: str = TWO_FACTORS
    said: dict[str, str] = field(default_factory=dict)
    signs: bool = True
    algorithm: str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
    digest: str = "http://www.w3.org/2001/04/xmlenc#sha256"

    def assertion(self, asked: str) -> str:
        """The assertion, signed."""
        now = datetime.now(tz=UTC)
        values = {
            "id": f"_{uuid4().hex}",
            "now": moment(now),
            "known": moment(now),
            "begins": moment(now - timedelta(minutes=1)),
            "ends": moment(now + timedelta(minutes=5)),
            "issuer": self.issuer,
            "subject": self.subject,
            "recipient": self.recipient,
            "audience": self.audience,
            "context": self.context,
            "asked": f' InResponseTo="{asked}"' if asked else "",
            "attributes": "".join(
                ATTRIBUTE.format(name=name, values="".join(VALUE.format(value=each) for each in several))
                for name, several in self.attributes.items()
            ),
        }
        text = ASSERTION.format(**values | self.said)
        if not self.signs:
            return text
        signed = OneLogin_Saml2_Utils.add_sign(
            text, pem(self.key), certificate(self.key), sign_algorithm=self.algorithm, digest_algorithm=self.digest
        )
        return signed.decode() if isinstance(signed, bytes) else str(signed)

    def response(self, asked: str, assertion: str = "") -> str:
        """The response around it, as the visitor's browser carries it."""
        text = RESPONSE.format(
            id=f"_{uuid4().hex}",
            now=moment(datetime.now(tz=UTC)),
            issuer=self.issuer,
            recipient=self.recipient,
            asked=f' InResponseTo="{asked}"' if asked else "",
            assertion=assertion or self.assertion(asked),
        )
        return carried(text)


def carried(text: str) -> str:
    """The response as it is carried in a form."""
    return base64.b64encode(text.encode()).decode()


def moment(at: datetime) -> str:
    """The moment as SAML writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
