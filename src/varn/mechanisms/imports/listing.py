import django_tables2
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from varn.mechanisms.exports.columns import Column
from varn.mechanisms.imports.lifecycle import RUN
from varn.mechanisms.imports.models import Run
from varn.mechanisms.imports.registry import UnknownImporter, importer_of
from varn.mechanisms.ui.filters import FilterSet, StateFilter, TextFilter
from varn.mechanisms.ui.tables import MomentColumn, StateColumn, Table, ThingColumn
from varn.mechanisms.ui.words import word, words


class RunTable(Table):
    """The imports that were tried out."""

    reference = ThingColumn(verbose_name=_("Reference"))
    kind = django_tables2.Column(verbose_name=_("What"))
    file_name = django_tables2.Column(verbose_name=_("File"))
    state = StateColumn()
    counts = django_tables2.Column(verbose_name=_("Rows"), orderable=False)
    made_by = django_tables2.Column(verbose_name=_("By"))
    created_at = MomentColumn(verbose_name=_("Tried out"))

    class Meta(Table.Meta):
        model = Run
        fields = ("reference", "kind", "file_name", "state", "counts", "made_by", "created_at")

    def render_kind(self, value: str) -> str:
        """What the rows are, in the plural."""
        return kind_name(value)

    def render_counts(self, value: dict[str, int]) -> int:
        """How many rows the file has."""
        return sum(value.values())


EXPORTED = (
    Column(_("Reference"), lambda run: run.reference),
    Column(_("What"), lambda run: kind_name(run.kind)),
    Column(_("File"), lambda run: run.file_name),
    Column(_("State"), lambda run: capfirst(word(f"{RUN.name}.{run.state}"))),
    Column(_("Rows"), lambda run: sum(run.counts.values())),
    Column(_("By"), lambda run: run.made_by),
    Column(_("Tried out"), lambda run: run.created_at),
    Column(_("Checksum (SHA-256)"), lambda run: run.sha256),
)


class RunFilter(FilterSet):
    """Finding one import among many."""

    q = TextFilter(fields=("reference", "file_name", "made_by"))
    state = StateFilter(RUN)

    class Meta:
        model = Run
        fields = ()


def kind_name(kind: str) -> str:
    """What an import of this kind brings in ("Units"); its bare name when the importer is gone."""
    try:
        return capfirst(words(importer_of(kind).thing))
    except UnknownImporter:
        return kind
