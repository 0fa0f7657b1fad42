"""Files are content; what they show is declared by the feature that takes them. Here: who sent which."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function

function(
    "files.attachments",
    _("Pictures and files"),
    family=Family.CORE,
    purposes=("basic",),
    scope=_("The files you send, who sent them and when."),
    why=_("So that a task can be shown to be done."),
    method=_(
        "Sent by an act of yours, kept by content, opened only by whoever may see the record they belong to."
    ),
    if_refused=_("Only steps that ask for a file stay open; everything else works."),
)

_SENT = Personal(
    _("Files you sent"),
    Kind.BASIC,
    ("basic",),
    "uploaded_by",
    source="use",
    clauses=("C2.3.3-06",),
)
_UNDER_WAY = replace(_SENT, subject="employee")
_TECHNICAL = NotPersonal("technical key")

declare(
    "files.Blob",
    "sha256 size media_type width height is_evidence is_sealed storage_name thumbnail_name uploaded_by created_at",
    _SENT,
)
declare("files.Blob", "id organization", _TECHNICAL)
declare("files.Upload", "sha256 size received employee updated_at", _UNDER_WAY)
declare("files.Upload", "id organization", _TECHNICAL)
