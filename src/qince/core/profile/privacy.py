"""Every field is additional: entered by the person, seen by whom they choose, gone when cleared (annex B-02)."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import Basis, Kind, NotPersonal, Personal, declare, function, purpose
from qince.kit.errors import Text

PROFILE = purpose(
    "profile",
    title=_("Telling about yourself"),
    why=_("So that colleagues know and reach you as you like."),
    scope=_(
        "Picture, nickname, work status, gender, birthday, country, residence, address, further phone, QQ, WeChat ID."
    ),
    method=_("You enter each if you like, choose who sees it, and clear it at any time."),
    if_refused=_("Leave it empty. Nothing changes for you."),
    kind=Kind.ADDITIONAL,
    basis=Basis.CONTRACT,
)
function(
    "profile.card",
    _("What you tell about yourself"),
    family=Family.EMPLOYEE,
    purposes=(PROFILE,),
    scope=_("Picture, nickname, status and further details, each if you like."),
    why=_("So that colleagues know and reach you as you like."),
    method=_("You enter each, choose who sees it, and clear it at any time."),
    if_refused=_("Leave it empty. Nothing changes for you."),
)


def _own(category: Text) -> Personal:
    return Personal(
        category,
        Kind.ADDITIONAL,
        (PROFILE,),
        "employee",
        on_erase="delete",
        clauses=("C2.1.1-09", "C2.1.1-10"),
    )


_EACH: dict[str, Text] = {
    "picture": _("Your picture"),
    "nickname": _("Your nickname"),
    "work_status": _("Your work status"),
    "gender": _("Your gender"),
    "birthday": _("Your birthday"),
    "country": _("Your country or region"),
    "residence": _("Your place of residence"),
    "address": _("Your address"),
    "phone": _("A further phone of yours"),
    "qq": _("Your QQ number"),
    "wechat": _("Your WeChat ID"),
}
for _name, _category in _EACH.items():
    declare("profile.Profile", _name, _own(_category))
declare(
    "profile.Profile", "employee visibility", _own(_("Who sees which field of what you tell about yourself"))
)
declare("profile.Profile", "id organization", NotPersonal("technical key"))
