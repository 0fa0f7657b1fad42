from django.apps import AppConfig


class SigninConfig(AppConfig):
    name = "qince.core.signin"
