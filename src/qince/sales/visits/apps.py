from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "qince.sales.visits"
