from django.apps import AppConfig


class PhoneConfig(AppConfig):
    name = "qince.surfaces.phone"

    def ready(self) -> None:
        from qince.surfaces.phone import modules

        modules.register()
