"""What the local SMS adapter would have sent. It shows codes: not for production."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from qince.core.access.middleware import outside_organizations
from qince.core.accounts.models import OutboxMessage
from qince.core.signin.asking import source_of

SHOWN = 50
_THIS_MACHINE = ("127.0.0.1", "::/64")


def is_readable_from(request: HttpRequest) -> bool:
    """Whether the outbox is on, and either opened to all by name or asked for from this machine."""
    if not settings.DEVELOPER_OUTBOX:
        return False
    return settings.DEVELOPER_OUTBOX_FOR_ALL or source_of(request) in _THIS_MACHINE


@outside_organizations
@never_cache
def outbox(request: HttpRequest) -> HttpResponseBase:
    """Newest messages first; the list alone when htmx asks for it again.

    Unless the operator switched it on by name (QINCE_DEVELOPER_OUTBOX=yes) only this machine may read it.
    """
    if not is_readable_from(request):
        raise Http404
    template = "signin/_outbox_list.html" if request.headers.get("HX-Request") else "signin/outbox.html"
    return render(request, template, {"messages_sent": OutboxMessage.objects.all()[:SHOWN]})
