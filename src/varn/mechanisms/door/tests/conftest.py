from collections.abc import Callable

import pytest
from django.test import Client

from tests.people import Member


@pytest.fixture
def client_of(settings) -> Callable[[Member], Client]:
    """A browser in which this person has signed in, reading English."""
    settings.ROOT_URLCONF = "varn.mechanisms.ui.tests.pages"

    def signed_in(member: Member) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(member.account)
        return client

    return signed_in
