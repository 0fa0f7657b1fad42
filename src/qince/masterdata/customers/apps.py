from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "qince.masterdata.customers"
