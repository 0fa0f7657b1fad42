"""Addresses of the address book."""

from django.urls import include, path

from qince.core.people.department_screens import DEPARTMENTS
from qince.core.people.screens import EMPLOYEES
from qince.core.people.views import department_tree
from qince.kit.resource.guard import guarded

app_name = "people"
urlpatterns = [
    path("employees/", include(EMPLOYEES.urls())),
    path("departments/tree/", guarded(DEPARTMENTS, "view", department_tree), name="departments_tree"),
    path("departments/", include(DEPARTMENTS.urls())),
]
