"""Addresses of leave."""

from django.urls import include, path

from qince.employee.leave import views
from qince.employee.leave.screens import BALANCES, REQUESTS, TYPES
from qince.kit.resource.guard import guarded

app_name = "leave"
urlpatterns = [
    path("leave/ahead/", views.ahead, name="ahead"),
    path("leave/team/", views.team, name="team"),
    path("leave/types/law/", views.templates, name="templates"),
    path("leave/papers/<uuid:key>/", views.paper, name="paper"),
    path("leave/requests/<uuid:key>/reason/", views.reason, name="reason"),
    path("leave/requests/<uuid:key>/", guarded(REQUESTS, "view", views.request_page), name="request_detail"),
    path("leave/balances/<uuid:key>/", guarded(BALANCES, "view", views.ledger), name="balance_detail"),
    path("leave/types/", include(TYPES.urls())),
    path("leave/balances/", include(BALANCES.urls())),
    path("leave/requests/", include(REQUESTS.urls())),
]
