"""The page of a register extract."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import capfirst

from varn.areas.organisation import actions, forms, queries
from varn.areas.organisation.forms.extracting import JSON, PDF
from varn.areas.organisation.models import Person
from varn.areas.organisation.permissions import Permission
from varn.mechanisms.access.doors import fresh, needs
from varn.mechanisms.access.request import Request
from varn.mechanisms.exports.files import file_name
from varn.mechanisms.extracts.gathering import Extract
from varn.mechanisms.extracts.writing import as_data, as_pdf
from varn.mechanisms.links import url_of
from varn.mechanisms.ui.forms import form_page, sent, submitted
from varn.mechanisms.ui.trails import trail_to
from varn.mechanisms.ui.words import explanation, language, word


@needs(Permission.EXTRACT, methods=("GET", "HEAD", "POST"))
@fresh
def person_extract(request: Request, pk: int) -> HttpResponse:
    """All that is kept about one person, for that person. Nothing of it is saved."""
    person = get_object_or_404(queries.people(viewer=request.viewer, to=Permission.EXTRACT), pk=pk)
    form = forms.ExtractForm(sent(request), viewer=request.viewer)
    wanted = form.cleaned_data.pop("file_format") if form.is_valid() else ""
    extract = submitted(form, actions.make_extract, request, person=person)
    if extract is not None:
        return _given(request, person, extract, wanted)
    return form_page(
        request,
        form=form,
        title=capfirst(word(Permission.EXTRACT)),
        lead=str(person),
        back=url_of(person),
        trail=trail_to(Person, person),
        explanation=explanation(Permission.EXTRACT),
        help_page="registerutdrag",
    )


def _given(request: Request, person: Person, extract: Extract, wanted: str) -> HttpResponse:
    data = as_data(extract, language=language())
    if wanted == JSON:
        return _as_file(JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2}), person, "json")
    if wanted == PDF:
        made = HttpResponse(as_pdf(extract, language=language()), content_type="application/pdf")
        return _as_file(made, person, "pdf")
    for part in data["parts"]:
        part["cells"] = [[row["said"].get(name, "") for name in part["fields"]] for row in part["rows"]]
    context = {"title": capfirst(data["labels"]["title"]), "extract": data, "person": person}
    return render(request, "organisation/extract.html", context | {"trail": trail_to(Person, person)})


def _as_file(response: HttpResponse, person: Person, extension: str) -> HttpResponse:
    name = file_name(f"registerutdrag-{person.employee_id}", extension)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
