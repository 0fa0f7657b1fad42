"""Addresses of the overview and its live parts."""

from django.urls import path

from qince.surfaces.home import views

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path("overview/figures/", views.figures, name="figures"),
    path("overview/people/", views.people, name="people"),
    path("overview/chart/", views.chart, name="chart"),
    path("overview/places/", views.places, name="places"),
]
