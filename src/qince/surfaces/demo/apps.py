from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "qince.surfaces.demo"
