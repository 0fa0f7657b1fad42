"""Addresses of letters: one's own, and those that mails and text messages lead to."""

from django.urls import path

from qince.core.letters.views import public

app_name = "letters"
urlpatterns = [
    path("unsubscribe/<str:token>/", public.unsubscribe, name="unsubscribe"),
    path("mail/link/<str:token>/", public.follow, name="link"),
    path("mail/picture/<str:token>/", public.picture, name="picture"),
    path("mail/read/<str:token>/", public.read, name="read"),
]
