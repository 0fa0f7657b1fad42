from django.apps import AppConfig


class OpenapiConfig(AppConfig):
    name = "qince.surfaces.openapi"
    label = "openapi"
