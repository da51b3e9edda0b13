"""Ordlista: every word the product uses, in Swedish and English."""

from itertools import groupby

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from varn.kernel.glossary import GLOSSARY, Kind, Term
from varn.kernel.ordering import swedish_sort_key
from varn.mechanisms.access.doors import signed_in
from varn.mechanisms.access.request import Request
from varn.mechanisms.exports.columns import Column
from varn.mechanisms.ui import fragments
from varn.mechanisms.ui.taking_out import is_asked, taken_out
from varn.mechanisms.ui.words import language

SHOWN = (Kind.TERM, Kind.MODEL, Kind.STATE, Kind.FUNCTION, Kind.LEVEL, Kind.ROLE)
TERMS = (
    Column(gettext_lazy("Swedish"), lambda term: term.sv),
    Column(gettext_lazy("English"), lambda term: term.en),
    Column(gettext_lazy("Explanation"), lambda term: term.note_sv if language() == "sv" else term.note_en),
)


@signed_in
@require_safe
def term_list(request: Request) -> HttpResponseBase:
    """The terms that are explained, or all of them; of a search, those that hold every word. In Swedish order."""
    text, is_all = request.GET.get("q", "")[:100], "all" in request.GET
    parts, every = text.casefold().split(), _shown()
    terms = [term for term in every if all(part in _searched(term) for part in parts)]
    if not parts and not is_all:
        terms = [term for term in terms if term.note_sv]
    if is_asked(request):
        return taken_out(request, TERMS, terms, count=len(terms), name="ui:glossary", title=_("Glossary"))
    context = {"terms": _by_letter(terms), "q": text, "title": _("Glossary"), "total": len(terms)}
    if not parts:
        context |= {"is_all": is_all, "every": len(every)}
    return fragments.render(request, "ui/term_list.html", "ui/_term_list.html", context)


def _by_letter(terms: list[Term]) -> list[tuple[str, list[Term]]]:
    return [(letter, list(group)) for letter, group in groupby(terms, key=lambda term: term.sv[0].upper())]


def _shown() -> list[Term]:
    """Each word once, in Swedish order; whole sentences are said where they belong and are no words."""
    terms = (term for term in GLOSSARY.values() if term.kind in SHOWN and not term.sv.endswith((".", "?")))
    ordered = sorted(terms, key=lambda term: (swedish_sort_key(term.sv), not term.note_sv, term.key))
    return list({(term.sv, term.en): term for term in reversed(ordered)}.values())[::-1]


def _searched(term: Term) -> str:
    return " ".join((term.sv, term.sv_plural, term.en, term.en_plural, term.abbreviation, term.note_sv)).casefold()
