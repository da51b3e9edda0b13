"""The settings of the installation."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from varn.mechanisms.access.doors import needs
from varn.mechanisms.access.request import Request
from varn.mechanisms.installation.actions import change_setting
from varn.mechanisms.installation.chosen import installation, standing
from varn.mechanisms.installation.permissions import Permission
from varn.mechanisms.ui.forms import form_page, sent, submitted
from varn.mechanisms.ui.settings_forms import SettingForm


@needs(Permission.CHANGE_SETTINGS, methods=("GET", "HEAD", "POST"))
def setting_change(request: Request) -> HttpResponse:
    """The municipality's name, colours, mail and reminders."""
    form = SettingForm(
        sent(request), thing=standing(), chosen=installation(), day=request.viewer.day, viewer=request.viewer
    )
    if submitted(form, change_setting, request) is not None:
        messages.success(request, _("The settings are saved."))
        return redirect("ui:setting-change")
    lead = _("Links in mail lead to %(address)s. Whoever runs the server changes that with VARN_BASE_URL.")
    lead %= {"address": settings.BASE_URL}
    return form_page(
        request,
        form=form,
        title=_("Settings"),
        submit=_("Save the settings"),
        lead=lead,
        back="/",
        help_page="administration",
    )
