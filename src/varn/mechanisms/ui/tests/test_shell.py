from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from tests.people import AT, Member
from varn.kernel.glossary import GLOSSARY
from varn.kernel.lawbook import LAW
from varn.mechanisms.audit.models import Entry
from varn.mechanisms.installation.actions import change_setting
from varn.mechanisms.installation.chosen import installation
from varn.mechanisms.ui import handbook

ClientOf = Callable[[Member], Client]
AWAY = ["https://evil.example/", "//evil.example", "javascript:alert(1)", r"\\evil.example"]
SETTINGS = {"municipality": "Ekby kommun", "accent": "#7a1f5c", "accent_dark": "", "mail_sender": "", "reply_to": ""}


@pytest.fixture
def frida(client_of: ClientOf, frida_administrator: Member) -> Client:
    return client_of(frida_administrator)


def test_the_navigation_shows_what_the_reader_may_open(
    frida: Client, client_of: ClientOf, anna_head_of_security: Member
) -> None:
    administrators, annas = frida.get("/about/").text, client_of(anna_head_of_security).get("/about/").text
    assert reverse("access:account-list") in administrators
    assert reverse("access:account-list") not in annas
    assert "/organisation/appointments/" in annas
    assert "/organisation/appointments/" not in administrators


def test_the_page_one_is_on_is_marked_in_the_navigation(frida: Client) -> None:
    assert '<a href="/lawbook/" aria-current="page">' in frida.get("/lawbook/D06/").text


@pytest.mark.parametrize("path", ["/about/", "/accessibility/", "/sign-in/", "/accessibility/feedback/"])
def test_a_public_page_needs_no_account(client_of: ClientOf, db: None, path: str) -> None:
    assert Client().get(path).status_code == 200


def test_no_page_holds_inline_script_or_style(frida: Client) -> None:
    for path in ("/about/", "/lawbook/", "/settings/", "/accounts/", "/glossary/"):
        page = frida.get(path).text
        assert "style=" not in page
        assert "<style" not in page
        assert " onclick" not in page
        assert page.count("<script") == page.count("<script src=")


def test_a_missing_page_tells_nothing(frida: Client) -> None:
    page = frida.get("/finns/inte/")
    assert page.status_code == 404
    assert "finns/inte" not in page.text.replace('value="/finns/inte/"', "")


def test_settings_are_kept_and_trailed(frida: Client) -> None:
    assert frida.post("/settings/", SETTINGS | {"L01": "10"}).status_code == 302
    chosen = installation()
    assert (chosen.name, chosen.accent, chosen.days("L01", on=date(2026, 1, 1))) == ("Ekby kommun", "#7a1f5c", 10)
    assert Entry.objects.get(verb="installation:setting:change").changes["municipality"] == ["", "Ekby kommun"]


def test_a_faint_accent_is_refused_with_a_sentence(frida: Client) -> None:
    page = frida.post("/settings/", SETTINGS | {"accent": "#ffd700"})
    assert "the contrast is" in page.text
    assert installation().name == ""


def test_only_who_runs_the_installation_may_change_its_settings(
    client_of: ClientOf, anna_head_of_security: Member
) -> None:
    client = client_of(anna_head_of_security)
    assert client.get("/settings/").status_code == 404
    assert client.post("/settings/", SETTINGS).status_code == 403


def test_the_colours_are_a_stylesheet_that_changes_its_name_with_them(frida_administrator: Member) -> None:
    before = installation().look
    change_setting(accent="#7a1f5c", by=frida_administrator.viewer, at=AT)
    answer = Client().get(reverse("ui:accent", args=[installation().look]))
    assert installation().look != before
    assert "--ds-color-accent-base-default: #7a1f5c" in answer.text
    assert "immutable" in answer["Cache-Control"]


def test_an_old_name_of_the_stylesheet_is_not_kept(db: None) -> None:
    assert Client().get(reverse("ui:accent", args=["gammal"]))["Cache-Control"] == "no-store"


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_the_theme_is_remembered_in_the_browser(db: None, theme: str) -> None:
    client = Client()
    client.post("/look/theme/", {"theme": theme, "next": "/about/"})
    assert f'data-color-scheme="{theme}"' in client.get("/about/").text


@pytest.mark.parametrize("onward", AWAY)
def test_nobody_is_led_away_to_another_site(db: None, onward: str) -> None:
    assert Client().post("/look/theme/", {"theme": "dark", "next": onward})["Location"] == "/"


def test_every_rule_of_the_lawbook_has_its_page(frida: Client) -> None:
    assert all(frida.get(f"/lawbook/{rule_id}/").status_code == 200 for rule_id in LAW)


def test_the_rules_are_filtered_by_kind_and_words(frida: Client) -> None:
    page = frida.get("/lawbook/", {"kind": "deadline", "q": "dataskydd personuppgiftsincident"})
    shown = frida.get("/lawbook/", {"kind": "retention"}).context["rules"]
    assert page.status_code == 200
    assert {rule.rule.kind for rule in shown} == {"retention"}


def test_the_municipalitys_own_days_are_shown_with_the_rule(frida: Client) -> None:
    frida.post("/settings/", SETTINGS | {"L01": "10"})
    assert "The municipality has chosen" in frida.get("/lawbook/L01/").text


def test_the_glossary_is_searched_in_both_languages(frida: Client) -> None:
    assert "kommunfullmäktige" in frida.get("/glossary/", {"q": "municipal council"}).text
    assert frida.get("/glossary/", {"q": "zzz"}).context["terms"] == []
    assert len(frida.get("/glossary/").context["terms"]) <= len(GLOSSARY)


def test_every_page_of_the_handbook_is_shown(frida: Client) -> None:
    assert handbook.pages()
    for page in handbook.pages():
        assert page.title in frida.get(f"/handbook/{page.slug}/").text


@pytest.mark.parametrize("slug", ["finns-inte", "..", "%2e%2e%2fREADME"])
def test_what_is_no_page_of_the_handbook_is_not_found(frida: Client, slug: str) -> None:
    assert frida.get(f"/handbook/{slug}/").status_code == 404


def test_the_handbook_does_not_pass_html_on() -> None:
    assert "<script>" not in handbook.MARKDOWN.render("<script>alert(1)</script>")


def test_the_navigation_names_only_permissions_that_exist() -> None:
    sections = import_string(settings.NAVIGATION)
    named = {entry.permission for section in sections for entry in section.entries if entry.permission}
    assert {permission for permission in named if permission not in GLOSSARY} == set()


def test_each_rule_says_how_it_was_checked_and_only_law_that_nobody_has_read_is_counted(frida: Client) -> None:
    page = frida.get("/lawbook/", headers={"accept-language": "en"})
    checked = {shown.rule.id: (shown.now.checked, shown.now.needs_check) for shown in page.context["rules"]}
    assert checked["D06"] == ("Read in the source", False)
    assert checked["D12"] == ("Read at second hand", True)
    assert checked["D07"] == ("Not checked", True)
    assert checked["L01"] == ("Local setting", False)
    assert f"{page.context['unread']} have not been read against the law" in page.text
    assert "Read in the source" in b"".join(frida.get("/lawbook/", {"format": "csv"})).decode()


@pytest.mark.django_db
def test_the_accessibility_statement_says_when_it_was_made_and_where_to_complain() -> None:
    shown = Client().get("/accessibility/", headers={"accept-language": "sv"}).text
    assert "uppdaterades senast" in shown
    assert 'href="https://www.digg.se/tdosanmalan"' in shown


def test_the_glossary_opens_with_what_is_explained_and_has_a_way_to_all_words(frida: Client) -> None:
    first, every = (frida.get("/glossary/", asked).context for asked in ({}, {"all": ""}))
    assert all(term.note_sv for _, terms in first["terms"] for term in terms)
    assert first["total"] < first["every"] == every["total"]
