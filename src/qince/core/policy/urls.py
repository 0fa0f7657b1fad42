"""Addresses of the policy: public ones, the page of a change, the officer's registers."""

from django.urls import include, path

from qince.core.policy.screens import ASSESSMENTS
from qince.core.policy.views import change, officer, public

app_name = "policy"
urlpatterns = [
    path("policy/", public.releases, name="releases"),
    path("policy/compare/", public.compare, name="compare"),
    path("policy/<slug:number>/", public.release, name="release"),
    path("me/policy-change/", change.change, name="change"),
    path("data-protection/releases/", officer.releases, name="officer_releases"),
    path("data-protection/processing/", officer.record, name="processing"),
    path("data-protection/processing.xlsx", officer.record_xlsx, name="processing_xlsx"),
    path("data-protection/processing.json", officer.record_json, name="processing_json"),
    path("data-protection/controls/", officer.controls, name="controls"),
    path("data-protection/assessments/", include(ASSESSMENTS.urls())),
]
