from enum import StrEnum

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q


class Notice(models.Model):
    """Something waits for one account. It is shown only while the reader may see the thing it is about.

    `kind` is a key of the glossary whose sentence takes `values`; `url` is the page where the matter can be dealt with.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=80)
    values = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    url = models.CharField(max_length=300)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, related_name="+")
    object_id = models.BigIntegerField(null=True)
    dedupe_key = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(content_type=None, object_id=None) | Q(content_type__isnull=False, object_id__isnull=False),
                name="notice_is_about_a_whole_thing",
            ),
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(read_at__gte=F("created_at")), name="notice_is_read_after_it_was_made"
            ),
            models.UniqueConstraint(
                fields=["account", "dedupe_key"], condition=~Q(dedupe_key=""), name="notice_is_given_once"
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-created_at", "-id"], name="notice_newest_first"),
            models.Index(fields=["account"], condition=Q(read_at=None), name="notice_unread"),
        ]
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.kind


class MailState(StrEnum):
    """Where an e-mail is on its way out."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Mail(models.Model):
    """One e-mail on its way out, written in the same transaction as the change it tells of.

    It is sent at least once: whoever sends it holds it until `lease_until`; if that passes without word, another
    takes over. Once it is sent its body is emptied, because a link in it may open a door.
    """

    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=40, blank=True)
    error_detail = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    dedupe_key = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in MailState]), name="mail_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="sending", lease_until__isnull=False) | ~Q(state="sending") & Q(lease_until=None),
                name="mail_is_held_exactly_while_it_is_sent",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at=None),
                name="mail_sent_has_its_moment",
            ),
            models.UniqueConstraint(fields=["dedupe_key"], condition=~Q(dedupe_key=""), name="mail_is_queued_once"),
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], condition=Q(state="queued"), name="mail_due"),
            models.Index(fields=["lease_until"], condition=Q(state="sending"), name="mail_held"),
            models.Index(fields=["state", "-created_at", "-id"], name="mail_by_state"),
            models.Index(fields=["-created_at", "-id"], name="mail_newest_first"),
        ]
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
