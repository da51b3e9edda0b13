from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from varn.mechanisms.web import once

register = template.Library()


class Keys(CsrfTokenNode):
    """What makes a form ours, and what makes it this one form: the token and the key."""

    def render(self, context: Context) -> SafeString:
        token = super().render(context)
        if not token:
            return SafeString()
        return format_html('{}<input type="hidden" name="{}" value="{}">', token, once.FIELD, once.new_key())


@register.tag
def csrf_token(parser: Parser, token: Token) -> Keys:
    """Django's tag of this name, and the key with it: a form that has the one has the other."""
    return Keys()
