"""Addresses of erasing, copies and retention."""

from django.urls import path

from qince.core.erasure.views import erasing, mine, retention

app_name = "erasure"
urlpatterns = [
    path("erasures/", erasing.erasures, name="erasures"),
    path("erasures/<uuid:erasure_id>/", erasing.erasure, name="erasure"),
    path("erasures/plans/<uuid:employee_id>/", erasing.plan, name="plan"),
    path("retention/", retention.overview, name="retention"),
    path("retention/trial/", retention.trial, name="trial"),
    path("retention/reports/<uuid:report_id>/", retention.report, name="report"),
    path("retention/holds/", retention.hold, name="hold"),
    path("retention/holds/<uuid:hold_id>/release/", retention.release, name="release"),
    path("me/copies/", mine.copies_page, name="copies"),
    path("me/copies/<uuid:copy_id>/", mine.collect, name="collect"),
]
