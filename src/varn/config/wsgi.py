"""The WSGI entry point that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from varn.mechanisms.jobs.lifeline import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varn.config.settings")
application = get_wsgi_application()
end_with_parent()
