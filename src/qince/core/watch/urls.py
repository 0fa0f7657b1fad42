"""Addresses of the logs."""

from django.urls import include, path

from qince.core.watch.screens import ACCESS, ALERTS, READS, TICKETS, TRAININGS

app_name = "watch"
urlpatterns = [
    path("watch/access/", include(ACCESS.urls())),
    path("watch/reads/", include(READS.urls())),
    path("watch/alerts/", include(ALERTS.urls())),
    path("watch/staff/", include(TICKETS.urls())),
    path("watch/trainings/", include(TRAININGS.urls())),
]
