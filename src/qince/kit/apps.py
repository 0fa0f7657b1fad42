from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

# What a feature declares by being imported: permissions, personal data, reactions, what phones may send, pages.
DECLARATIONS = ("rules", "privacy", "choices", "handlers", "sync", "screens", "navigation", "words")


class KitConfig(AppConfig):
    name = "qince.kit"

    def ready(self) -> None:
        from qince.kit import checks, grants  # noqa: F401  (registering them is their import)

        autodiscover_modules(*DECLARATIONS)
