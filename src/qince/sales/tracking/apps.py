from django.apps import AppConfig


class TrackingConfig(AppConfig):
    name = "qince.sales.tracking"
