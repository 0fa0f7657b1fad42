"""Routes with planted faults, to see that the isolation tests find them."""

from django.db import connection
from django.http import Http404, HttpResponse
from django.urls import path


def leak(request, employee_id):
    """Another organization's employee, past the managers, as the owner of the tables could read it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.organization', organization_id::text, true) FROM people_affiliation"
                       " WHERE employee_id = %s", [employee_id])  # fmt: skip
        cursor.execute("SELECT name FROM people_employee WHERE id = %s", [employee_id])
        row = cursor.fetchone()
    if row is None:
        raise Http404
    return HttpResponse(row[0])


def telling(request, employee_id):
    """Absent is 404, hidden is 403: the difference tells that the row exists."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM people_affiliation WHERE employee_id = %s", [employee_id])
        return HttpResponse(status=403 if cursor.fetchone() else 404)


def open_to_all(request, employee_id):
    return HttpResponse("welcome")


urlpatterns = [
    path("leak/<uuid:employee_id>/", leak, name="leak"),
    path("telling/<uuid:employee_id>/", telling, name="telling"),
    path("open/<uuid:employee_id>/", open_to_all, name="open"),
    path("strange/<uuid:whatever>/", open_to_all, name="strange"),
]
