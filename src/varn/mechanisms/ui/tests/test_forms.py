from datetime import date

import pytest
from django import forms
from django.utils.translation import override

from varn.mechanisms.ui import colours
from varn.mechanisms.ui.forms import ColourField, EmailField, Form, LastDayField, WordChoiceField


class PeriodForm(Form):
    """A last day, a colour and a state."""

    until_date = LastDayField(label="Last day", help_text="Included.", required=False)
    colour = ColourField(label="Colour", on=colours.WHITE, surface="white", required=False)
    state = WordChoiceField(label="State", keys=("active",), prefix="organisation:appointment.", required=False)


def test_the_last_day_is_given_inclusive_and_kept_half_open() -> None:
    form = PeriodForm({"until_date": "2022-06-30"})
    assert form.is_valid()
    assert form.cleaned_data["until_date"] == date(2022, 7, 1)


def test_a_stored_end_is_shown_as_the_last_included_day() -> None:
    assert 'value="2022-06-30"' in str(PeriodForm(initial={"until_date": date(2022, 7, 1)})["until_date"])


def test_what_was_typed_wrongly_is_kept_as_it_was_typed() -> None:
    assert 'value="i går"' in str(PeriodForm({"until_date": "i går"})["until_date"])


def test_the_last_day_of_all_days_is_refused_rather_than_failing() -> None:
    assert "until_date" in PeriodForm({"until_date": "9999-12-31"}).errors


def test_a_day_field_is_the_browsers_own_and_always_iso() -> None:
    with override("sv"):
        drawn = str(PeriodForm(initial={"until_date": date(2022, 7, 1)})["until_date"])
    assert 'type="date"' in drawn
    assert 'value="2022-06-30"' in drawn


def test_help_and_error_are_tied_to_the_field() -> None:
    field = PeriodForm({"until_date": "x"})["until_date"]
    drawn = field.as_field_group()
    assert 'aria-describedby="id_until_date_helptext id_until_date_error"' in drawn
    assert 'id="id_until_date_error"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_a_faint_colour_is_refused_with_its_contrast() -> None:
    with override("en"):
        (message,) = PeriodForm({"colour": "#ffff00"}).errors["colour"]
    assert "the contrast is 1.1 to 1" in message


def test_choices_are_the_words_of_the_glossary_in_the_readers_language() -> None:
    with override("sv"):
        swedish = str(PeriodForm()["state"])
    with override("en"):
        english = str(PeriodForm()["state"])
    assert "Aktivt" in swedish
    assert "Active" in english


@pytest.mark.parametrize("sent", ["on", "closed"])
def test_a_choice_that_is_not_there_is_refused(sent: str) -> None:
    assert "state" in PeriodForm({"state": sent}).errors


class MinutesForm(Form):
    """A file or a long text."""

    one_of = ("file", "text")
    file = forms.FileField(label="Minutes", required=False)
    text = forms.CharField(label="Text", required=False, widget=forms.Textarea(attrs={"rows": 12}))
    note = forms.CharField(label="Note", required=False)


def test_none_of_the_fields_of_which_one_is_needed_is_called_optional() -> None:
    form = MinutesForm()
    with override("en"):
        drawn = {name: form[name].as_field_group() for name in form.fields}
    assert ["(optional)" in drawn[name] for name in ("file", "text", "note")] == [False, False, True]
    assert "one of these is needed" in drawn["file"]


def test_a_file_is_dropped_on_the_file_field_itself() -> None:
    drawn = MinutesForm()["file"].as_field_group()
    assert drawn.index('class="drop"') < drawn.index('type="file"')


def test_a_form_knows_whether_somebody_may_write_at_length_in_it() -> None:
    assert MinutesForm().takes_long_text
    assert not PeriodForm().takes_long_text


def test_an_address_is_no_longer_than_is_kept_of_one() -> None:
    assert EmailField().clean("a" * 240 + "@ekby.example") != ""
    with pytest.raises(forms.ValidationError):
        EmailField().clean("a" * 250 + "@ekby.example")
