"""The address of one's own personal information."""

from django.urls import path

from qince.core.profile import views

app_name = "profile"
urlpatterns = [path("me/information/", views.mine, name="mine")]
