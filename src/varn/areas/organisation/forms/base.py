"""What the area's forms have in common: their fields know who is asking."""

from varn.mechanisms.ui.forms import Form


class RegisterForm(Form):
    """A form whose fields look up rows that the reader may see."""

    def build(self) -> None:
        """Every field that looks rows up does it with the reader's own eyes."""
        for field in self.fields.values():
            if hasattr(field, "viewer"):
                field.viewer = self.viewer
