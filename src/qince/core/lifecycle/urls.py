from django.urls import path

from qince.core.lifecycle import handover_views, views

app_name = "lifecycle"
urlpatterns = [
    path("organization/functions/", views.functions, name="functions"),
    path("organization/functions/<slug:family>/closing/", views.closing, name="closing"),
    path("organization/functions/<slug:family>/opening/", views.opening, name="opening"),
    path("organization/term/", views.term, name="term"),
    path("organization/cancellation/", views.cancellation, name="cancellation"),
    path("organization/staying/", views.staying, name="staying"),
    path("organization/administrators/", handover_views.administrators, name="administrators"),
    path("organization/administrators/<uuid:key>/", handover_views.show, name="handover"),
    path("organization/administrators/<uuid:key>/answer/", handover_views.answer, name="handover_answer"),
    path("new-operator/", views.succession, name="succession"),
    path("service-end/", views.cessation, name="cessation"),
]
