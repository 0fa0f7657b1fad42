"""Every address of the service."""

from importlib.util import find_spec

from django.urls import include, path

from config import health
from config.api import phone

FEATURES = [
    "qince.kit",
    "qince.core.signin",
    "qince.core.privacy",
    "qince.core.people",
    "qince.core.access",
    "qince.core.audit",
    "qince.core.files",
    "qince.core.letters",
    "qince.core.policy",
    "qince.core.watch",
    "qince.core.erasure",
    "qince.core.guardians",
    "qince.core.certification",
    "qince.core.lifecycle",
    "qince.core.processing",
    "qince.core.rights",
    "qince.core.profile",
    "qince.core.incidents",
    "qince.engines.approvals",
    "qince.engines.partners",
    "qince.engines.forms",
    "qince.engines.notifications",
    "qince.masterdata.customers",
    "qince.masterdata.products",
    "qince.employee.attendance",
    "qince.employee.leave",
    "qince.employee.daily_reports",
    "qince.employee.calendar",
    "qince.sales.routes",
    "qince.sales.visits",
    "qince.surfaces.home",
    "qince.surfaces.phone",
    "qince.surfaces.openapi",
]

urlpatterns = [
    path("healthz", health.healthz),
    path("api/phone/v1/", phone.urls),
    *(path("", include(f"{feature}.urls")) for feature in FEATURES if find_spec(f"{feature}.urls")),
]
