from django.db import models


class Counter(models.Model):
    """The last number given out in one series and year."""

    series = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="counter_is_one_per_series_and_year")]
        ordering = ["series", "year", "pk"]

    def __str__(self) -> str:
        return f"{self.series}-{self.year}"
