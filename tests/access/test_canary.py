"""A canary sits in every text of Bildningsförvaltningen's records, and Bo of Socialförvaltningen never hears it."""

import re

import pytest

from tests.access.asking import Asking
from tests.access.crawling import shown_to
from tests.access.records import Records
from tests.access.texts import texts_of, where_it_is_missing
from tests.access.world import Keys, keys_of
from varn.mechanisms.notices.models import Mail, Notice

pytestmark = pytest.mark.django_db

# One asks for the first word and listens for the second: a page repeats what was asked for.
ASKED, HEARD = "Kanariegul", "Hemlighet"
CANARY = f"{ASKED} {HEARD}"
SESSIONS, OF_A_DAY = "/my-account/sessions/", re.compile(r"\d+")
BO = "coordinator"
# Some of the places where it must be heard by whoever may, or does by a fault.
LISTS = ("/decisions/", "/decisions/assignments/", "/organisation/appointments/", "/organisation/people/")
EVERYWHERE = {f"{page}{way}" for page in LISTS for way in ("", "?format=csv", "?format=xlsx", f"?q={ASKED}")} | {
    f"/search/?q={ASKED}",
    f"/search/suggestions/?q={ASKED}",
    f"/organisation/people/suggest/?q={ASKED}",
    "/picture/",
}


@pytest.fixture(scope="module")
def before(asking: Asking) -> dict[str, str]:
    """What Bo was shown before there was anything to hide."""
    return shown_to(asking, BO, asking.keys[BO], asked=ASKED)


@pytest.fixture(scope="module")
def hidden(asking: Asking, before: dict[str, str]) -> Records:
    """The canary sits in Bildningsförvaltningen."""
    return asking.world.records("31", CANARY)


@pytest.fixture
def hidden_keys(asking: Asking, hidden: Records) -> Keys:
    """What stands in the addresses of the hidden things; what is personal belongs to the one who made them."""
    return keys_of(asking.world, hidden, asking.world.readers["stranger"])


def test_the_canary_sits_in_every_text_of_a_record(hidden_keys: Keys) -> None:
    assert where_it_is_missing(HEARD) == []


def test_bo_is_shown_the_same_whether_or_not_the_others_have_records(
    asking: Asking, before: dict[str, str], hidden: Records
) -> None:
    after = shown_to(asking, BO, asking.keys[BO], asked=ASKED)
    assert [here for here, text in after.items() if _still(here, text) != _still(here, before[here])] == []


def test_bo_never_hears_the_canary_at_the_addresses_of_the_hidden_things(asking: Asking, hidden_keys: Keys) -> None:
    assert _heard(asking, BO, hidden_keys) == set()


def test_no_notice_and_no_mail_to_bo_holds_the_canary(asking: Asking, hidden: Records) -> None:
    account = asking.world.readers[BO].account
    told = [*Notice.objects.filter(account=account), *Mail.objects.filter(to__iexact=account.email)]
    assert [row for row in told if any(map(_is_heard, texts_of(row).values()))] == []


def test_no_mail_to_anyone_says_in_its_subject_what_it_is_about(hidden: Records) -> None:
    assert not Mail.objects.filter(subject__icontains=HEARD).exists()


def test_the_one_whose_department_it_is_hears_it(asking: Asking, hidden_keys: Keys) -> None:
    assert _heard(asking, "stranger", hidden_keys) >= EVERYWHERE


def test_the_canary_sings_when_a_fault_is_sown(asking: Asking, hidden_keys: Keys, settings) -> None:
    settings.ACCESS_WITHIN = "tests.access.leaking.units_everywhere"
    assert _heard(asking, BO, hidden_keys) >= EVERYWHERE


def _still(here: str, text: str) -> str:
    """What is shown, save when the reader's own sessions were last used: that is now."""
    return OF_A_DAY.sub("", text) if here == SESSIONS else text


def _heard(asking: Asking, role: str, keys: Keys) -> set[str]:
    return {here for here, text in shown_to(asking, role, keys, asked=ASKED).items() if _is_heard(text)}


def _is_heard(text: str) -> bool:
    return HEARD.casefold() in text.casefold()
