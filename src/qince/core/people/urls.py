"""Addresses of the address book."""

from django.urls import include, path

from qince.core.people.screens import EMPLOYEES

app_name = "people"
urlpatterns = [
    path("employees/", include(EMPLOYEES.urls())),
]
