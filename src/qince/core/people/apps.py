from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "qince.core.people"

    def ready(self) -> None:
        from qince.core.people import rules  # noqa: F401  (declares its permissions)
