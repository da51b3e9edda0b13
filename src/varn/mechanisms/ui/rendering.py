"""How a form field becomes HTML: Django's own, with the UI kit's class on what one types in."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

PLAIN = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.HiddenInput)


class KitField(BoundField):
    """A field whose text box, list or file chooser bears the kit's class."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Django's attributes, with the class."""
        built = super().build_widget_attrs(attrs, widget)
        shown = widget or self.field.widget
        if not isinstance(shown, PLAIN):
            built.setdefault("class", shown.attrs.get("class", "ds-input"))
        return built


class Renderer(TemplatesSetting):
    """Finds our own template of a field and makes our own fields."""

    field_template_name = "ui/field.html"
    bound_field_class = KitField
