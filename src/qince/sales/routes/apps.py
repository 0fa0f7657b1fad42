from django.apps import AppConfig


class RoutesConfig(AppConfig):
    name = "qince.sales.routes"
