"""Addresses of sharing."""

from django.urls import include, path

from qince.engines.partners.screens import (
    BORDER,
    CONTRACTS,
    DISCLOSURES,
    EXCEPTIONS,
    PUBLICATIONS,
    RECIPIENTS,
)
from qince.engines.partners.views import console, inbound, oauth, packages, simulator

app_name = "partners"
urlpatterns = [
    path("me/packages/", packages.mine, name="packages"),
    path("me/packages/<uuid:key>/", packages.show, name="package"),
    path("me/packages/<uuid:key>/answer/", packages.answer, name="package_answer"),
    path("me/packages/<uuid:key>/collection/", packages.collect, name="package_collect"),
    path("partners/inbound/<str:address>/", inbound.receive, name="inbound"),
    path("partners/recipients/<uuid:recipient_id>/key/", console.key, name="key"),
    path("partners/recipients/", include(RECIPIENTS.urls())),
    path("partners/disclosures/", include(DISCLOSURES.urls())),
    path("partners/without-consent/<uuid:legal_exception_id>/file/", console.hand_over, name="file"),
    path("partners/without-consent/", include(EXCEPTIONS.urls())),
    path("partners/anonymous/", console.anonymous, name="anonymous"),
    path("partners/contracts/", include(CONTRACTS.urls())),
    path("partners/cross-border/", include(BORDER.urls())),
    path("partners/publications/", include(PUBLICATIONS.urls())),
    path("partner-simulator/", simulator.receive, name="simulator"),
    path("published/", console.published, name="published"),
    path("published/<uuid:publication_id>/", console.decide, name="decide"),
    path("apps/authorize/", oauth.authorize, name="authorize"),
    path("apps/token/", oauth.token, name="token"),
    path("apps/profile/", oauth.profile, name="profile"),
]
