from django.urls import include, path

from qince.core.processing import views
from qince.core.processing.screens import INSTRUCTIONS

app_name = "processing"
urlpatterns = [
    path("organization/export/", views.export, name="export"),
    path("organization/export/<uuid:archive_id>/", views.collection, name="collection"),
    path("organization/export/<uuid:archive_id>/removal/", views.removal, name="removal"),
    path("organization/instructions/", include(INSTRUCTIONS.urls())),
]
