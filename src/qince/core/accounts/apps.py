from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "qince.core.accounts"

    def ready(self) -> None:
        from qince.core.accounts import privacy, rules  # noqa: F401  (declarations)
