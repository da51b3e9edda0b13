"""A filter of SCIM as a question to the database: only of what is kept in columns of its own."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q
from scim2_models import InvalidFilterException, SCIMException, ScimFilter
from scim2_models.path.expressions import (
    AttrPath,
    CompareOperator,
    Comparison,
    FilterNode,
    LogicalExpr,
    LogicalOperator,
    Not,
    Present,
    ValuePath,
)
from scim2_models.path.visitor import FilterVisitor

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user"
LOOKUPS = {
    CompareOperator.eq: "",
    CompareOperator.co: "__contains",
    CompareOperator.sw: "__startswith",
    CompareOperator.ew: "__endswith",
    CompareOperator.gt: "__gt",
    CompareOperator.ge: "__gte",
    CompareOperator.lt: "__lt",
    CompareOperator.le: "__lte",
}
IN_ANY_CASE = {
    CompareOperator.eq: "__iexact",
    CompareOperator.co: "__icontains",
    CompareOperator.sw: "__istartswith",
    CompareOperator.ew: "__iendswith",
}
# The columns that are asked about in any case of letters; the name of a user is kept so already.
WITHOUT_CASE = ("name", "department", "employee_id")


def key_of(value: object) -> UUID:
    """The id of a resource; one that is none finds nothing."""
    try:
        return UUID(str(value))
    except ValueError:
        return UUID(int=0)


def is_text(value: str) -> bool:
    """Whether it is whole characters, none of them the one without meaning: what a database holds."""
    return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)


# The column of each attribute that can be asked about, and how its values are written there.
Columns = Mapping[str, tuple[str, Callable[[Any], Any]]]
USERS: Columns = {
    "id": ("uuid", key_of),
    "username": ("user_key", lambda value: str(value).casefold()),
    "externalid": ("external_id", str),
    "active": ("is_active", lambda value: str(value).casefold() in ("true", "1")),
    f"{ENTERPRISE}:employeenumber": ("employee_id", str),
    f"{ENTERPRISE}:department": ("department", str),
    "meta.lastmodified": ("changed_at", lambda value: value),
}
GROUPS: Columns = {
    "id": ("uuid", key_of),
    "displayname": ("name", str),
    "externalid": ("external_id", str),
    "members": ("members__uuid", key_of),
    "members.value": ("members__uuid", key_of),
    "meta.lastmodified": ("changed_at", lambda value: value),
}


def asked_for(text: str, columns: Columns, kind: Any) -> Q:
    """The condition that the filter says. Raises `InvalidFilterException` for one that is not understood."""
    try:
        understood = ScimFilter[kind](text).ast
    except SCIMException as error:
        raise InvalidFilterException(detail="That filter is not understood.") from error
    return _Question(columns).visit(understood)


class _Question(FilterVisitor[Q]):
    def __init__(self, columns: Columns) -> None:
        self.columns = columns

    def visit_comparison(self, node: Comparison) -> Q:
        column, written = self._column(node.attr_path)
        if node.value is None:
            is_empty = Q(**{column: ""}) if column == "external_id" else Q(pk__in=[])
            return is_empty if node.op == CompareOperator.eq else ~is_empty
        if isinstance(node.value, str) and not is_text(node.value):
            raise InvalidFilterException(detail="That value cannot be compared.")
        value = written(node.value)
        if node.op == CompareOperator.ne:
            return ~Q(**{column: value})
        if column in WITHOUT_CASE and node.op in IN_ANY_CASE:
            return Q(**{f"{column}{IN_ANY_CASE[node.op]}": value})
        return Q(**{f"{column}{LOOKUPS[node.op]}": value})

    def visit_present(self, node: Present) -> Q:
        column, _ = self._column(node.attr_path)
        return ~Q(**{column: ""}) if column in ("external_id", "department") else Q(**{f"{column}__isnull": False})

    def visit_not(self, node: Not) -> Q:
        return ~self.visit(node.expr)

    def visit_logical_expr(self, node: LogicalExpr) -> Q:
        first, *others = [self.visit(term) for term in node.terms]
        for other in others:
            first = first & other if node.op == LogicalOperator.and_ else first | other
        return first

    def visit_value_path(self, node: ValuePath) -> Q:
        inner: FilterNode = node.val_filter
        if isinstance(inner, Comparison) and node.attr_path.attr.casefold() == "members":
            return self.visit_comparison(Comparison(node.attr_path, inner.op, inner.value))
        raise InvalidFilterException(detail="This attribute cannot be asked about.")

    def _column(self, path: AttrPath) -> tuple[str, Callable[[Any], Any]]:
        name = f"{path.attr}.{path.sub_attr}" if path.sub_attr else path.attr
        uri = (path.uri or "").casefold()
        full = f"{uri}:{name}".casefold() if uri == ENTERPRISE else name.casefold()
        if full not in self.columns:
            raise InvalidFilterException(detail="This attribute cannot be asked about.")
        return self.columns[full]
