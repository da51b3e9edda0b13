from django.conf import settings
from django.db import models


class SentForm(models.Model):
    """A form that did something, by the key that it carried: sent again, it does nothing and leads to the same place.

    `digest` tells whether it was the same content, and says nothing of what it was.
    """

    key = models.CharField(max_length=22, unique=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    path = models.CharField(max_length=500)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)
    led_to = models.CharField(max_length=2000, blank=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.path}"
