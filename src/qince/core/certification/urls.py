from django.urls import path

from qince.core.certification import views

app_name = "certification"
urlpatterns = [
    path("organization/certification/", views.certification, name="certification"),
    path("organization/certification/application/", views.application, name="application"),
]
