from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "qince.core.privacy"
