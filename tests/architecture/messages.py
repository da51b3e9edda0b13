"""What the product says: every message in its templates and its Python, with the catalogue it belongs to."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.template.base import Lexer, Token, TokenType

from tests.architecture.tree import SOURCE, parsed, sources

TRANSLATE = re.compile(r"(?:translate|trans)\s+(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')")
CALLS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
# What is said above the areas and mechanisms without being an app of its own.
KEPT_BY = {"config": "mechanisms/ui", "kernel": "mechanisms/ui"}


def messages() -> Iterator[tuple[Path, str]]:
    """Each message with the file that says it."""
    for path in sources():
        yield from ((path, text) for text in _in_python(path))
    for path in sorted(SOURCE.rglob("templates/**/*")):
        if path.suffix in (".html", ".txt", ".css", ".typ"):
            yield from ((path, text) for text in _in_template(path))


def catalogue_of(path: Path) -> Path:
    """The Swedish catalogue of the app the file lies in."""
    parts = path.relative_to(SOURCE).parts
    app = KEPT_BY.get(parts[0]) or (parts[0] if parts[0] == "overview" else "/".join(parts[:2]))
    return SOURCE / app / "locale" / "sv" / "LC_MESSAGES" / "django.po"


def _in_python(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            said = node.args[: CALLS[node.func.id]]
            yield from (part.value for part in said if isinstance(part, ast.Constant) and isinstance(part.value, str))


def _in_template(path: Path) -> Iterator[str]:
    block: list[str] | None = None
    for token in Lexer(path.read_text(encoding="utf-8")).tokenize():
        if block is not None:
            if _is(token, "endblocktranslate", "endblocktrans"):
                yield "".join(block)
                block = None
            elif _is(token, "plural"):
                yield "".join(block)
                block = []
            else:
                block.append(_of_block(token))
        elif _is(token, "blocktranslate", "blocktrans"):
            block = []
        elif token.token_type is TokenType.BLOCK and (found := TRANSLATE.match(token.contents)):
            yield found["double"] if found["double"] is not None else found["single"]


def _is(token: Token, *names: str) -> bool:
    return token.token_type is TokenType.BLOCK and token.contents.split()[0] in names


def _of_block(token: Token) -> str:
    return f"%({token.contents})s" if token.token_type is TokenType.VAR else token.contents.replace("%", "%%")
