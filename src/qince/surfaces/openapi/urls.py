from django.urls import path

from qince.surfaces.openapi import views

app_name = "openapi"
urlpatterns = [path("api/docs", views.docs, name="docs")]
