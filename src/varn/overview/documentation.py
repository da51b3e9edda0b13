"""The pages of the documentation that the code writes from data: glossary, lawbook, lifecycles, roles, promises."""

from collections.abc import Mapping
from pathlib import Path

from django.apps import apps

from varn.kernel.glossary import GLOSSARY
from varn.kernel.lawbook import LAW
from varn.kernel.lifecycle import Lifecycle, MadeBy
from varn.kernel.markdown import glossary_markdown, lawbook_markdown, table
from varn.mechanisms.access.assurance import DEMANDS
from varn.mechanisms.access.roles import ROLES
from varn.mechanisms.access.told import ToldRole, told_roles
from varn.mechanisms.approvals.declared import PROTECTED, Carried
from varn.overview.data_map import data_map_markdown
from varn.overview.promised import requirements_markdown, threats_markdown

MADE_BY = {MadeBy.BUTTON: "", MadeBy.DEED: "another deed", MadeBy.JOB: "a job, when its day comes"}
NOTE = "<!-- Written by `varn docs`. Change the data, not this page. -->\n\n"


def pages() -> Mapping[str, str]:
    """Each generated page's place in the folder of the documentation, and its text."""
    return {
        "generated/glossary.md": NOTE + glossary_markdown(GLOSSARY),
        "generated/lawbook.md": NOTE + lawbook_markdown(LAW),
        "generated/lifecycles.md": NOTE + _lifecycles(),
        "generated/access.md": NOTE + _access(),
        "generated/approvals.md": NOTE + _approvals(),
        "security/threat-model.md": NOTE + threats_markdown(),
        "security/data-map.md": NOTE + data_map_markdown(),
        "security/asvs.md": NOTE + requirements_markdown(),
    }


def old_pages(folder: Path) -> list[str]:
    """The names of the pages in the folder that do not say what the code says."""
    return [name for name, text in pages().items() if _text(folder / name) != text]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _lifecycles() -> str:
    cycles = {model.lifecycle.name: model.lifecycle for model in apps.get_models() if hasattr(model, "lifecycle")}
    return "# Lifecycles\n\n" + "\n".join(_lifecycle(cycle) for _, cycle in sorted(cycles.items()))


def _lifecycle(cycle: Lifecycle) -> str:
    moves = [
        [
            _words(move.permission),
            ", ".join(_words(f"{cycle.name}.{source}") for source in move.sources),
            _words(f"{cycle.name}.{move.target}"),
            ", ".join(filter(None, [MADE_BY[move.made_by], "with a reason" if move.reason_required else ""])),
        ]
        for move in cycle.moves
    ]
    diagram = f"```mermaid\n{cycle.mermaid().strip()}\n```"
    return f"## {_words(cycle.name)}\n\n{diagram}\n\n{table(['move', 'from', 'to', 'made by'], moves)}\n"


def _access() -> str:
    permissions = sorted({permission for role in ROLES.values() for permission in role.permissions})
    rows = [
        [f"`{right}`", _words(right), *["●" if right in role.permissions else "" for role in ROLES.values()]]
        for right in permissions
    ]
    given = [[_words(f"access:role.{role.key}"), _roles(role.appoints)] for role in ROLES.values()]
    demanded = [["all others", _words(DEMANDS.default.key)]]
    demanded += [[f"`{start}`", _words(level.key)] for start, level in sorted(DEMANDS.more.items())]
    facts = [_facts(role) for role in told_roles()]
    of_role = ["role", "reaches", "opens at most", "in the line of command", "sign-in demanded", "time-limited"]
    overview = ", ".join(_words(f"access:role.{role.key}") for role in ROLES.values() if role.overview)
    head = ["permission", "words", *[_words(f"access:role.{key}") for key in ROLES]]
    return (
        "# Role table\n\nWhat each role may do within the units of the appointment that gives it. "
        f"These pass the border between committees: {overview}.\n\n{table(of_role, facts)}\n\n{table(head, rows)}\n\n"
        "## Who appoints to which role\n\nBy proposing, accepting or importing an appointment, by changing a function "
        "or by linking an account; within the units of their own appointment, and for a role that passes the border "
        f"between committees only over the whole municipality.\n\n{table(['role', 'appoints to'], given)}\n\n"
        "## How surely it must be known who somebody is\n\nThe longest beginning of a permission that fits holds.\n\n"
        f"{table(['permissions that begin with', 'demand'], demanded)}"
    )


def _facts(role: ToldRole) -> list[str]:
    """What the page Roles says of the role, in the same words."""
    said = [_words(key) for key in (role.key, role.reach, role.level)]
    marks = ["●" if mark else "" for mark in (role.role.commands, role.role.time_limited)]
    return [*said, marks[0], _words(role.assurance.key), marks[1]]


def _approvals() -> str:
    head = ["action", "why", "approved by", "outside the line", "more than", "carried out", "stands for"]
    rows = [
        [
            f"`{row.key}` {_words(row.key)}",
            row.why_en,
            f"`{row.decided_by}`: {_holders(row.decided_by)}",
            "yes" if row.outside_line else "",
            f"{row.threshold} {row.counted}" if row.counted else "",
            "at once" if row.carried is Carried.AT_ONCE else "by the one who asked",
            row.expires,
        ]
        for row in PROTECTED.values()
    ]
    return (
        "# What nobody does alone\n\nEach of these is done only when another person has approved exactly that "
        f"(docs/mechanisms/approvals.md).\n\n{table(head, rows)}"
    )


def _roles(keys: frozenset[str]) -> str:
    return ", ".join(_words(f"access:role.{key}") for key in ROLES if key in keys) or "–"


def _holders(permission: str) -> str:
    return _roles(frozenset(key for key, role in ROLES.items() if permission in role.permissions))


def _words(key: str) -> str:
    return f"{GLOSSARY.word(str(key), 'sv')} / {GLOSSARY.word(str(key), 'en')}"
