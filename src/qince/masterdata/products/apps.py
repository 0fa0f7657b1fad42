from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "qince.masterdata.products"
