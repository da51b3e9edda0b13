"""The WSGI entry point that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from varn.mechanisms.jobs.lifeline import end_with_parent
from varn.mechanisms.web.answers import last_resort

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varn.config.settings")
application = last_resort(get_wsgi_application())
end_with_parent()
