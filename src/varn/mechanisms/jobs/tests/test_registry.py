from varn.kernel.glossary import GLOSSARY
from varn.mechanisms.jobs.registry import jobs


def test_every_job_of_the_product_has_its_word() -> None:
    assert [name for name in jobs() if name not in GLOSSARY] == []


def test_the_outbox_is_emptied_every_minute() -> None:
    assert jobs()["notices:deliver_mail"].line == "* * * * *"
