"""Files are content; what they show is declared by the feature that takes them. Here: who sent which."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare

_SENT = Personal(_("Files you sent"), Kind.BASIC, ("basic",), "uploaded_by", source="use")
_UNDER_WAY = Personal(_("Files you sent"), Kind.BASIC, ("basic",), "employee", source="use")
_TECHNICAL = NotPersonal("technical key")

declare(
    "files.Blob",
    "sha256 size media_type width height is_evidence is_sealed storage_name thumbnail_name uploaded_by created_at",
    _SENT,
)
declare("files.Blob", "id organization", _TECHNICAL)
declare("files.Upload", "sha256 size received employee updated_at", _UNDER_WAY)
declare("files.Upload", "id organization", _TECHNICAL)
