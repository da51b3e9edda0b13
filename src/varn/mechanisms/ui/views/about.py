"""What Värn is and is not, what it promises, and how accessible it is. Open to everyone."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from varn import __version__
from varn.kernel.promises import THREATS, Said, Standing, Threat
from varn.mechanisms.access.doors import public
from varn.mechanisms.access.request import OpenRequest
from varn.mechanisms.ui.words import language

# The accessibility statement's two days: when the pages were last tested as a whole, and when its words last changed.
JUDGED = date(2026, 11, 23)
UPDATED = date(2026, 11, 23)


@dataclass(frozen=True, kw_only=True)
class ShownThreat:
    """Somebody who may want something, in the reader's language, with the glossary's word for how far it holds."""

    who: str
    still: str
    promise: str
    standing: str


@public
@require_safe
def about(request: OpenRequest) -> HttpResponse:
    """Version, licence, and what Värn is not."""
    return render(request, "ui/about.html", {"version": __version__, "title": _("About Värn")})


@public
@require_safe
def promises(request: OpenRequest) -> HttpResponse:
    """What is promised against whom, and what is not promised."""
    context = {
        "title": _("What Värn promises"),
        "assets": [_said(asset) for asset in THREATS.assets],
        "threats": [_shown(threat) for threat in THREATS.threats],
        "not_promised": [_said(each) for each in THREATS.not_promised],
    }
    return render(request, "ui/promises.html", context)


@public
@require_safe
def accessibility(request: OpenRequest) -> HttpResponse:
    """The accessibility statement that the law on digital public services asks for."""
    context = {"title": _("Accessibility statement"), "judged": JUDGED, "updated": UPDATED}
    return render(request, "ui/accessibility.html", context)


def _shown(threat: Threat) -> ShownThreat:
    return ShownThreat(
        who=_said(threat.who),
        still=_said(threat.still),
        promise=_said(threat.promise),
        standing="" if threat.standing is Standing.NEVER else f"ui:promise.{threat.standing}",
    )


def _said(said: Said) -> str:
    return said.sv if language() == "sv" else said.en
