"""Addresses of approvals."""

from django.urls import include, path

from qince.engines.approvals.screens import DELEGATIONS, FLOWS, INSTANCES, TASKS
from qince.engines.approvals.views import flows, requests
from qince.kit.resource.guard import guarded

app_name = "approvals"
urlpatterns = [
    path("approvals/tasks/<uuid:key>/", guarded(TASKS, "view", requests.task_page), name="tasks_detail"),
    path("approvals/tasks/", include(TASKS.urls())),
    path(
        "approvals/requests/<uuid:key>/", guarded(INSTANCES, "view", requests.detail), name="requests_detail"
    ),
    path(
        "approvals/requests/<uuid:key>/print/",
        guarded(INSTANCES, "view", requests.paper),
        name="requests_print_one",
    ),
    path("approvals/requests/", include(INSTANCES.urls())),
    path("approvals/deputies/", include(DELEGATIONS.urls())),
    path("approvals/flows/<uuid:key>/", guarded(FLOWS, "view", flows.designer), name="flows_detail"),
    path("approvals/flows/<uuid:key>/draft/", flows.draft, name="draft"),
    path("approvals/flows/<uuid:key>/publish/", flows.publish, name="publish"),
    path("approvals/flows/<uuid:key>/try/", flows.simulate, name="simulate"),
    path("approvals/flows/", include(FLOWS.urls())),
]
