from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "qince.core.accounts"
