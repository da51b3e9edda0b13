"""Lists that are no tables of the database are taken out as files too."""

import pytest
from django.test import Client

from tests.people import Member
from varn.kernel.lawbook import LAW
from varn.mechanisms.exports.models import Export
from varn.mechanisms.jobs.registry import jobs


@pytest.fixture
def frida(frida_administrator: Member) -> Client:
    client = Client()
    client.force_login(frida_administrator.account)
    return client


def lines(client: Client, address: str, **asked: str) -> list[str]:
    """The rows of the file, its heading first."""
    answer = client.get(address, {"format": "csv", **asked})
    assert answer["Content-Disposition"].startswith("attachment")
    return answer.getvalue().decode("utf-8-sig").splitlines()


def test_the_lawbook_is_taken_out_rule_by_rule(frida: Client) -> None:
    rows = lines(frida, "/lawbook/")
    assert len(rows) == 1 + len(LAW)
    assert rows[0].startswith('"Regel"')


def test_only_what_the_filter_leaves_is_taken_out_and_the_trail_says_so(frida: Client) -> None:
    rows = lines(frida, "/lawbook/", kind="retention")
    assert len(rows) < len(LAW)
    export = Export.objects.get()
    assert (export.name, export.filters, export.rows) == ("ui:lawbook", {"kind": ["retention"]}, len(rows) - 1)


def test_the_words_are_taken_out_in_both_languages(frida: Client) -> None:
    assert any(row.startswith('"förordnande";"appointment"') for row in lines(frida, "/glossary/", q="förordnande"))


def test_the_jobs_are_taken_out_with_when_they_are_next_due(frida: Client) -> None:
    rows = lines(frida, "/jobs/")
    assert len(rows) == 1 + len(jobs())
    assert rows[0].endswith('"Nästa körning"')


def test_a_page_with_such_a_list_offers_the_files(frida: Client) -> None:
    for address in ("/lawbook/", "/glossary/", "/jobs/"):
        assert 'href="?format=xlsx"' in frida.get(address).text
        assert frida.get(address, {"format": "xlsx"})["Content-Type"].endswith("spreadsheetml.sheet")
