from django.conf import settings
from django.db import models

from varn.mechanisms.access.viewer import Viewer


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """A saved view is its owner's. Its link can be given to anyone, who then sees what they themselves may see."""

    def visible_to(self, viewer: Viewer, to: str | None = None) -> "SavedViewQuerySet":
        """The reader's own views."""
        return self.filter(account_id=viewer.account_id) if viewer.account_id else self.none()


class SavedView(models.Model):
    """A list as one person wants it: the page, and its filters, sorting and columns as a query string."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=80)
    path = models.CharField(max_length=300)
    label = models.CharField(max_length=80)
    query = models.CharField(max_length=2000, blank=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "page", "label"], name="saved_view_label_is_its_own"),
        ]
        ordering = ["label", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def url(self) -> str:
        """The link that opens the list this way."""
        return f"{self.path}?{self.query}" if self.query else self.path
