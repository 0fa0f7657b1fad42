from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "qince.kit"

    def ready(self) -> None:
        from qince.kit import checks, grants  # noqa: F401  (registering them is their import)
