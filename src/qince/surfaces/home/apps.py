from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "qince.surfaces.home"
