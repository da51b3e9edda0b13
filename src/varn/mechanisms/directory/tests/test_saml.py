"""Who comes in by SAML 2.0, and who does not: every response is really signed, and then really spoiled."""

import base64
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from lxml import etree

from tests.harness.providers import SamlProvider, carried, certificate, moment, new_key
from tests.people import Member
from varn.mechanisms.access import assurance
from varn.mechanisms.access.assurance import Assurance
from varn.mechanisms.directory.tests.signing import Visitor, saml_file

pytestmark = pytest.mark.django_db
BASE = "https://varn.ekby.example"
HERE = f"{BASE}/sso/ekby-saml/assertion/"
KEY = new_key()


@pytest.fixture
def provider(tmp_path: Path, settings) -> SamlProvider:
    settings.BASE_URL = BASE
    made = SamlProvider(recipient=HERE, audience=f"{BASE}/sso/ekby-saml/metadata/", key=KEY)
    made.attributes = {"employeeNumber": ["bo"]}
    settings.SSO_FILE = saml_file(tmp_path, made)
    return made


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def test_the_right_person_comes_in(visitor: Visitor, provider: SamlProvider, bo_coordinator: Member) -> None:
    answer = visitor.brings(provider.response(visitor.asks_saml(next="/organisation/units/")))
    assert (answer.status_code, answer["Location"]) == (302, "/organisation/units/")
    assert visitor.account == bo_coordinator.account
    assert assurance.of(visitor.client.session) == Assurance.TWO_FACTOR


def test_what_the_provider_did_not_say_is_the_lowest(
    visitor: Visitor, provider: SamlProvider, bo_coordinator: Member
) -> None:
    provider.context = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"
    visitor.brings(provider.response(visitor.asks_saml()))
    assert assurance.of(visitor.client.session) == Assurance.PASSWORD


def test_when_it_was_proven_is_kept(visitor: Visitor, provider: SamlProvider, bo_coordinator: Member) -> None:
    known = datetime.now(tz=UTC).replace(microsecond=0) - timedelta(hours=1)
    provider.said = {"known": moment(known)}
    visitor.brings(provider.response(visitor.asks_saml()))
    assert assurance.proven_at(visitor.client.session) == known.timestamp()


def _text(response: str) -> str:
    return base64.b64decode(response).decode()


def _employee(response: str) -> str:
    return carried(_text(response).replace(">bo<", ">anna<"))


def _unsigned(response: str) -> str:
    return carried(re.sub(r"<ds:Signature.*?</ds:Signature>", "", _text(response), flags=re.DOTALL))


def _commented(response: str) -> str:
    """The text of a signed value is cut by a comment, which a signature does not see."""
    return carried(_text(response).replace(">bo<", ">an<!-- -->na<"))


def _wrapped(place: str):
    """The signed assertion is kept somewhere, and another stands where the reader looks."""

    def wrap(response: str) -> str:
        root = etree.fromstring(_text(response).encode())
        names = {"saml": "urn:oasis:names:tc:SAML:2.0:assertion", "ds": "http://www.w3.org/2000/09/xmldsig#"}
        signed = root.find("saml:Assertion", names)
        forged = etree.fromstring(etree.tostring(signed))
        seal = forged.find("ds:Signature", names)
        forged.remove(seal)
        forged.set("ID", "_forged")
        forged.find(".//saml:AttributeValue", names).text = "anna"
        root.remove(signed)
        if place == "beside":
            root.extend([forged, signed])
        elif place == "before":
            root.extend([signed, forged])
        elif place == "inside":
            etree.SubElement(forged, "{urn:oasis:names:tc:SAML:2.0:assertion}Advice").append(signed)
            root.append(forged)
        else:
            etree.SubElement(seal, "{http://www.w3.org/2000/09/xmldsig#}Object").append(signed)
            forged.insert(1, seal)
            root.append(forged)
        return carried(etree.tostring(root).decode())

    return wrap


SPOILED = {
    "another employee id": _employee,
    "no signature": _unsigned,
    "a comment in the employee id": _commented,
    "wrapped beside": _wrapped("beside"),
    "wrapped before": _wrapped("before"),
    "wrapped inside": _wrapped("inside"),
    "wrapped in the signature": _wrapped("signature"),
    "nothing": lambda response: "",
    "no XML": lambda response: carried("hello"),
    "not even carried": lambda response: "%%%",
    "an entity": lambda response: carried('<!DOCTYPE x [<!ENTITY a "b">]>' + _text(response)),
    "too long": lambda response: response + "A" * 300_000,
}


@pytest.mark.parametrize("name", SPOILED)
def test_nobody_comes_in_by_a_response_that_was_spoiled(
    visitor: Visitor, provider: SamlProvider, bo_coordinator: Member, anna_head_of_security: Member, name: str
) -> None:
    answer = visitor.brings(SPOILED[name](provider.response(visitor.asks_saml())))
    assert (answer.status_code, visitor.is_in) == (401, False)


def _in(minutes: int) -> str:
    return moment(datetime.now(tz=UTC) + timedelta(minutes=minutes))


# What is said instead, made when it is said: a moment lies as far from now however long after this file was read.
LIES = {
    "another audience": lambda: {"audience": "https://another.example/"},
    "another recipient": lambda: {"recipient": "https://another.example/acs"},
    "expired": lambda: {"ends": _in(-10)},
    "not yet": lambda: {"begins": _in(30), "ends": _in(60)},
    "another issuer": lambda: {"issuer": "https://evil.example"},
    "the answer to another question": lambda: {"asked": ' InResponseTo="_another"'},
    "the answer to no question": lambda: {"asked": ""},
}


@pytest.mark.parametrize("name", LIES)
def test_nobody_comes_in_by_what_was_signed_for_another(
    visitor: Visitor, provider: SamlProvider, bo_coordinator: Member, name: str
) -> None:
    asked = visitor.asks_saml()
    provider.said = LIES[name]()
    answer = visitor.brings(provider.response(asked))
    assert (answer.status_code, visitor.is_in) == (401, False)


def test_another_key_opens_nothing(visitor: Visitor, provider: SamlProvider, bo_coordinator: Member) -> None:
    provider.key = new_key()
    assert certificate(provider.key)
    assert visitor.brings(provider.response(visitor.asks_saml())).status_code == 401
    assert not visitor.is_in


def test_an_old_kind_of_signature_opens_nothing(
    visitor: Visitor, provider: SamlProvider, bo_coordinator: Member
) -> None:
    provider.algorithm = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
    provider.digest = "http://www.w3.org/2000/09/xmldsig#sha1"
    assert visitor.brings(provider.response(visitor.asks_saml())).status_code == 401
    assert not visitor.is_in


def test_a_response_is_good_once(visitor: Visitor, provider: SamlProvider, bo_coordinator: Member) -> None:
    response = provider.response(visitor.asks_saml())
    assert visitor.brings(response).status_code == 302
    assert visitor.is_in
    again = Visitor()
    again.asks_saml()
    assert (again.brings(response).status_code, again.is_in) == (401, False)


def test_a_response_is_good_in_the_browser_that_asked(
    visitor: Visitor, provider: SamlProvider, bo_coordinator: Member
) -> None:
    response, other = provider.response(visitor.asks_saml()), Visitor()
    other.asks_saml()
    assert (other.brings(response).status_code, other.is_in) == (401, False)


def test_the_question_that_counts_is_the_one_that_was_signed(
    visitor: Visitor, provider: SamlProvider, bo_coordinator: Member
) -> None:
    """What stands around the signed part is anybody's to write: it does not make an unasked assertion an asked one."""
    asked = visitor.asks_saml()
    assertion = provider.assertion("")
    assert (visitor.brings(provider.response(asked, assertion)).status_code, visitor.is_in) == (401, False)


def test_who_was_not_asked_is_let_in_only_where_that_is_chosen(
    visitor: Visitor, provider: SamlProvider, bo_coordinator: Member, tmp_path: Path, settings
) -> None:
    assert visitor.brings(provider.response("")).status_code == 401
    settings.SSO_FILE = saml_file(tmp_path, provider, "unsolicited = true")
    assert visitor.brings(provider.response("")).status_code == 302
    assert visitor.is_in


def test_a_ticket_is_good_once(visitor: Visitor, provider: SamlProvider, bo_coordinator: Member) -> None:
    response = provider.response(visitor.asks_saml())
    sent = visitor.client.post("/sso/ekby-saml/assertion/", {"SAMLResponse": response})
    assert visitor.client.get(sent["Location"]).status_code == 302
    assert Visitor().client.get(sent["Location"]).status_code == 401
    assert Visitor().client.get("/sso/ekby-saml/finish/").status_code == 401


@pytest.mark.parametrize("number", ["19811218-9876", "198112189876"])
def test_a_personal_identity_number_is_refused(
    visitor: Visitor, provider: SamlProvider, bo_coordinator: Member, number: str, caplog
) -> None:
    provider.attributes = {"employeeNumber": [number]}
    answer = visitor.brings(provider.response(visitor.asks_saml()))
    assert (answer.status_code, visitor.is_in) == (403, False)
    assert number not in caplog.text + answer.content.decode()


def test_the_provider_is_told_of_this_installation(provider: SamlProvider, municipality) -> None:
    said = Client().get("/sso/ekby-saml/metadata/").content.decode()
    assert f'Location="{HERE}"' in said
    assert 'WantAssertionsSigned="true"' in said


def test_the_provider_is_connected_by_its_own_description(tmp_path: Path, settings, provider, municipality) -> None:
    text = "".join(certificate(KEY).splitlines()[1:-1])
    description = (
        '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example/saml">'
        '<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor '
        'use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>'
        f"{text}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService "
        'Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/>'
        "</md:IDPSSODescriptor></md:EntityDescriptor>"
    )
    (tmp_path / "idp.xml").write_text(description)
    file = tmp_path / "described.toml"
    file.write_text(
        '[[providers]]\nkey = "ekby-saml"\nkind = "saml"\nname = "Ekby"\nemployee_id = "e"\nmetadata_file = "idp.xml"\n'
    )
    settings.SSO_FILE = str(file)
    sent = Client().get("/sso/ekby-saml/")
    assert sent["Location"].startswith("https://idp.example/sso?SAMLRequest=")
