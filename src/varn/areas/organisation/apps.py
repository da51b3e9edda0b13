from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "varn.areas.organisation"
    label = "organisation"
