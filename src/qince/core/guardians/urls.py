"""Minors and guardians in the console, and the guardian's own page."""

from django.urls import path

from qince.core.guardians.views import console, public

app_name = "guardians"
urlpatterns = [
    path("organization/minors/", console.minors, name="minors"),
    path("organization/minors/<uuid:minor_id>/guardian/", console.guardian, name="guardian"),
    path("organization/minors/<uuid:minor_id>/asking/", console.asking, name="asking"),
    path("organization/minors/<uuid:minor_id>/withdrawal/", console.withdrawal, name="withdrawal"),
    path("organization/minors/reviews/new/", console.new_review, name="new_review"),
    path("organization/minors/reviews/<uuid:age_review_id>/", console.review, name="review"),
    path("guardian/<str:token>/", public.consent, name="consent"),
]
