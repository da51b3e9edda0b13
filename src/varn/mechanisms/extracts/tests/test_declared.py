"""Nothing is kept about people that no file declares, and every field of what is declared is spoken for."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from varn.kernel.glossary import GLOSSARY
from varn.kernel.lawbook import LAW
from varn.kernel.personal import PersonalDataError, load_kept
from varn.kernel.provisions import RuleKind
from varn.mechanisms.access.models import Account
from varn.mechanisms.extracts.declared import kept_about_people, model_of
from varn.mechanisms.extracts.writing import STATEMENTS, label_of_field, label_of_model

PEOPLE = ("organisation.Person", Account._meta.label)
LIKE_A_PERSON = re.compile(r"(^|_)(actor|author|person|holder|user)(_id)?$|_by$|^(e?mail|phone|employee_id|to)$")
# Fields that sound like a person and are not one, or rows that are reached through another that is declared.
NOBODY = {
    "organisation.Unit.email": "the unit's own address",
    "directory.Token.made_by": "the name of an administrator, which the trail tells with the account",
    "decisions.Decision.repealed_by": "another decision",
    "decisions.Assignment.repealed_by": "another decision",
    "decisions.Deadline.extended_by": "another decision",
    "decisions.Proposal.taken_up_by": "another decision",
}
KEPT = kept_about_people()


def personal_fields(model: type[models.Model]) -> list[str]:
    """The fields of a model by which a row may be somebody's."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if _leads_to_people(field) or (not field.is_relation and LIKE_A_PERSON.search(field.name))
    ]


def undeclared(model: type[models.Model]) -> list[str]:
    """What the model keeps about people and no file speaks of."""
    kept = KEPT.get(model._meta.label)
    spoken_for = {*kept.shown, *kept.withheld} if kept else set()
    named = [f"{model._meta.label}.{name}" for name in personal_fields(model) if name not in spoken_for]
    return [name for name in named if name not in NOBODY]


def _leads_to_people(field: models.Field) -> bool:
    return field.is_relation and field.related_model._meta.label in PEOPLE


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_everything_kept_about_people_is_declared(model: type[models.Model]) -> None:
    assert undeclared(model) == []


def test_a_model_that_declares_nothing_is_found() -> None:
    kept = KEPT.pop("organisation.Absence")
    try:
        assert undeclared(model_of(kept)) == ["organisation.Absence.person"]
    finally:
        KEPT["organisation.Absence"] = kept


@pytest.mark.parametrize("name", KEPT)
def test_every_field_is_given_out_or_withheld_with_a_reason(name: str) -> None:
    kept = KEPT[name]
    fields = {field.name for field in model_of(kept)._meta.concrete_fields}
    assert {*kept.shown, *kept.withheld} == fields
    assert not set(kept.shown) & set(kept.withheld)


@pytest.mark.parametrize("name", KEPT)
def test_every_way_to_a_person_is_a_way(name: str) -> None:
    kept = KEPT[name]
    keyed = {field.name for field in model_of(kept)._meta.concrete_fields if _leads_to_people(field)}
    assert kept.paths
    assert "pk" in kept.paths or keyed <= {path.partition("__")[0] for path in kept.paths}
    assert str(model_of(kept)._base_manager.filter(**dict.fromkeys(kept.paths, 0)).query)


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_declared_has_its_words_and_its_rule(name: str, language: str) -> None:
    kept = KEPT[name]
    assert LAW[kept.retention].rule.kind is RuleKind.RETENTION
    assert not kept.read or GLOSSARY.word(kept.read, language)
    for key in (f"purpose.{kept.purpose}", f"ground.{kept.ground}", f"source.{kept.source}"):
        assert GLOSSARY.word(f"personal:{key}", language)
    if not kept.secret:
        assert label_of_model(kept, language)
        assert all(label_of_field(field, language) for field in kept.shown)
    assert all(GLOSSARY.word(f"personal:statement.{key}", language) for key in STATEMENTS)


def test_a_line_that_nobody_reads_is_refused(tmp_path: Path) -> None:
    said = 'purpose = "trail"\nground = "obligation"\nsource = "use"\nread = "x"\nretention = "L50"\nwho = "all"\n'
    path = tmp_path / "personal_data.toml"
    path.write_text(f"[Thing]\n{said}", encoding="utf-8")
    with pytest.raises(PersonalDataError, match="who"):
        load_kept(path, app="test")
