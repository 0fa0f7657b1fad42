from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "qince.core.organizations"
