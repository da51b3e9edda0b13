"""The tables of the connection to the directory."""

from collections.abc import Mapping
from typing import Any

import django_tables2
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from varn.mechanisms.directory.models import SCIM, DirectoryGroup
from varn.mechanisms.directory.queries import given_by_groups
from varn.mechanisms.directory.sso.config import providers
from varn.mechanisms.exports.columns import Column
from varn.mechanisms.ui.filters import FilterSet, TextFilter
from varn.mechanisms.ui.tables import MomentColumn, NumberColumn, Table
from varn.mechanisms.ui.words import word


def source_of(group: DirectoryGroup) -> str:
    """Where the group has been heard of: the directory, or a sign-in by its own name."""
    if group.source == SCIM:
        return capfirst(word("directory:source.scim"))
    provider = providers().get(group.source)
    return provider.name if provider else group.source


class GroupTable(Table):
    """The groups, with what each gives."""

    name = django_tables2.Column(verbose_name=_("Group"))
    source = django_tables2.Column(verbose_name=_("From"), orderable=False)
    size = NumberColumn(verbose_name=_("Members"))
    gives = django_tables2.Column(verbose_name=_("Gives"), empty_values=(), orderable=False, accessor="pk")
    changed_at = MomentColumn(verbose_name=_("Changed"))

    class Meta(Table.Meta):
        model = DirectoryGroup
        fields = ("name", "source", "size", "gives", "changed_at")
        order_by = "name"

    @cached_property
    def given(self) -> Mapping[int, list[str]]:
        """What the groups of the page give."""
        return given_by_groups((row.record.pk for row in self.paginated_rows), viewer=self.request.viewer)

    def render_source(self, record: DirectoryGroup) -> str:
        """The directory, or the sign-in's own name."""
        return source_of(record)

    def render_gives(self, record: DirectoryGroup) -> Any:
        """What the organisation has said that it gives; nothing for a group that nobody has said anything of."""
        words = self.given.get(record.pk, [])
        return format_html_join("; ", "{}", ((each,) for each in words)) or word("directory:group.unmapped")


class GroupFilter(FilterSet):
    """Finding one group among many."""

    q = TextFilter(fields=("name",))

    class Meta:
        model = DirectoryGroup
        fields = ()


EXPORTED = (
    Column(_("Group"), lambda group: group.name),
    Column(_("From"), source_of),
    Column(_("Members"), lambda group: group.size),
    Column(_("Changed"), lambda group: group.changed_at),
)
