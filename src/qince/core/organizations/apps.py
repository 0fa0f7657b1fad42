from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "qince.core.organizations"

    def ready(self) -> None:
        from qince.core.organizations import privacy, rules  # noqa: F401  (declarations)
