from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "qince.core.accounts"
    verbose_name = _("Accounts and devices")

    def ready(self) -> None:
        from qince.core.accounts import privacy, rules  # noqa: F401  (declarations)
