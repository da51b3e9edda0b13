"""Giving notice: a row in the caller's own transaction."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from varn.kernel.glossary import GLOSSARY
from varn.mechanisms.access.seeing import those_who_see
from varn.mechanisms.notices.models import Notice


def notify(
    accounts: Iterable[int],
    *,
    kind: str,
    url: str,
    at: datetime,
    about: models.Model | None = None,
    values: dict[str, Any] | None = None,
    dedupe_key: str = "",
) -> int:
    """Each of the accounts (their ids) has the notice, once for each `dedupe_key`. Returns how many got it now.

    `kind` is a key of the glossary whose sentence takes `values`. Put no content of the record into the values beyond
    its reference: a notice is shown only while its thing is visible, but it is stored as it is written. A kind without
    words, or values that do not fill its sentence, are refused here and not on the reader's page.
    """
    GLOSSARY.sentence(kind, "sv", values or {})
    wanted = list(dict.fromkeys(accounts))
    if about is not None:
        wanted = those_who_see(about, wanted, at)
    if dedupe_key:
        have = Notice.objects.filter(account__in=wanted, dedupe_key=dedupe_key).values_list("account_id", flat=True)
        wanted = [account for account in wanted if account not in set(have)]
    rows = [
        Notice(
            account_id=account,
            kind=kind,
            values=values or {},
            url=url,
            content_type=ContentType.objects.get_for_model(about) if about else None,
            object_id=about.pk if about else None,
            dedupe_key=dedupe_key,
            created_at=at,
        )
        for account in wanted
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=bool(dedupe_key))
    return len(rows)
