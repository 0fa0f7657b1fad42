from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    name = "qince.core.organizations"
    verbose_name = _("Organization")

    def ready(self) -> None:
        from qince.core.organizations import privacy, rules  # noqa: F401  (declarations)
