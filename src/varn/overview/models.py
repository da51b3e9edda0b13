from django.db import models


class FirstRun(models.Model):
    """The first run of an installation. There is one row, made when it is served and nobody has an account.

    Only the hash of the code is kept. Whoever reads the console of the installation has the code itself.
    """

    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="first_run_is_one_row")]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
