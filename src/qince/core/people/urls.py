"""Addresses of the address book."""

from django.urls import include, path

from qince.core.people.department_screens import DEPARTMENTS
from qince.core.people.screens import EMPLOYEES
from qince.core.people.views import department_tree
from qince.kit.resource.guard import guarded
from qince.kit.resource.lists import list_page

app_name = "people"
urlpatterns = [
    path("employees/", include(EMPLOYEES.urls())),
    path("departments/", guarded(DEPARTMENTS, "view", department_tree), name="departments_tree"),
    path("departments/table/", guarded(DEPARTMENTS, "view", list_page), name="departments_table"),
    path("departments/", include(DEPARTMENTS.urls())),
]
