"""The tables of the notice: permissions, cookies, libraries, recipients, terms, decisions, rights, roles."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from qince.core.privacy.documents import HEADING, ITEM, TABLE, Paragraph, Row
from qince.core.privacy.ended import terms_of
from qince.core.privacy.language import joined
from qince.core.privacy.recipients import Recipient
from qince.core.privacy.registers import COOKIE, DevicePermission, Library, Platform, registered
from qince.core.privacy.registry import Personal, declared
from qince.core.privacy.retention import REASONS, Retention, Trigger
from qince.core.privacy.rights_table import RIGHTS, WAYS

PLATFORMS = {Platform.IOS: "iOS", Platform.ANDROID: "Android", Platform.WEB: "Web"}


def table(caption: str, headings: Iterable[str], rows: Iterable[Row]) -> Paragraph:
    return Paragraph(caption, style=TABLE, rows=(Row(tuple(headings)), *rows))


def permissions() -> list[Paragraph]:
    """One table per platform (C2.5.1, C2.5.2); what this software does not ask for says so."""
    return [_permissions_on(platform) for platform in PLATFORMS]


def _permissions_on(platform: Platform) -> Paragraph:
    entries = [each for each in registered.permissions.values() if platform in each.platforms]
    headings = (
        _("Permission"), _("What for"), _("Asked beforehand"), _("If you refuse"), _("How to switch it off"),
    )  # fmt: skip
    caption = _("Permissions on %(platform)s") % {"platform": PLATFORMS[platform]}
    return table(caption, headings, [_permission(each) for each in entries])


def _permission(entry: DevicePermission) -> Row:
    asked = _("Not used by this software") if not entry.is_used else _asked(entry)
    uses = joined([str(text) for _code, text in entry.uses], _("; "))
    cells = (str(entry.title), uses, asked, str(entry.if_refused), str(entry.how_to_disable))
    return Row(cells, entry.is_important and entry.is_used)


def _asked(entry: DevicePermission) -> str:
    if entry.is_important:
        return _("Yes, each use apart, just before the system's own question")
    return _("Yes") if entry.asked_beforehand else _("No")


def cookies() -> list[Paragraph]:
    headings = (_("Name"), _("Kept as"), _("What for"), _("How long"), _("Necessary"), _("If you delete it"))
    rows = [
        Row((
            each.name, _("Cookie") if each.store == COOKIE else _("Browser storage"), str(each.purpose),
            str(each.life), _("Yes") if each.is_necessary else _("No: only with your consent"),
            str(each.if_deleted),
        ))
        for each in registered.cookies.values()
    ]  # fmt: skip
    return [table(_("What your browser keeps"), headings, rows)]


def libraries() -> list[Paragraph]:
    headings = (_("Name"), _("Owner"), _("What for"), _("Data about you"), _("Own network"), _("Licence"))
    return [
        table(
            _("Foreign code in the app"), headings, [_library(each) for each in registered.libraries.values()]
        )
    ]


def _library(entry: Library) -> Row:
    network = _("Yes: only after consent") if entry.has_network else _("No")
    cells = (
        entry.name,
        entry.owner,
        str(entry.purpose),
        str(entry.data),
        network,
        f"{entry.licence}, {entry.link}",
    )
    return Row(cells)


def recipients(found: Iterable[Recipient]) -> list[Paragraph]:
    """Everybody outside who is given data now, by kind and scene (C4.1-18)."""
    rows = [_recipient(each) for each in found]
    if not rows:
        return [Paragraph(_("At present no partner is given any data about you."))]
    headings = (
        _("Recipient"), _("Kind and scene"), _("What for"), _("Which data"), _("Country"), _("Its own terms"),
    )  # fmt: skip
    return [table(_("Partners who are given data"), headings, rows)]


def _recipient(entry: Recipient) -> Row:
    kind = joined([str(each) for each in (entry.kind, entry.scene) if each], _("; "))
    cells = (
        str(entry.name),
        kind or _("Not stated"),
        str(entry.purpose),
        str(entry.data),
        str(entry.region) or _("Not stated"),
        entry.link,
    )
    return Row(cells, entry.is_sensitive)


def decisions() -> list[Paragraph]:
    headings = (_("Decision"), _("How it is made"), _("From what"), _("What follows"), _("Rule"))
    rows = [
        Row((
            str(each.title), str(each.logic), str(each.inputs), str(each.consequence),
            _("version %(version)s") % {"version": each.version},
        ))
        for each in registered.decisions.values()
    ]  # fmt: skip
    return [table(_("What the machine decides by itself"), headings, rows)]


def rights() -> list[Paragraph]:
    rows = [
        Row((str(each.title), str(each.meaning), joined([str(WAYS[way]) for way in each.ways], _("; "))))
        for each in RIGHTS.values()
    ]
    return [table(_("Your rights and how to use them"), (_("Right"), _("Meaning"), _("Ways")), rows)]


def roles() -> list[Paragraph]:
    return [
        Paragraph(_("%(role)s: %(duty)s.") % {"role": each.title, "duty": each.duty}, style=ITEM)
        for each in registered.roles.values()
    ]


def terms(open_purposes: set[str]) -> list[Paragraph]:
    """Every term in use with what starts its clock and why it is that long (C5.4-06)."""
    used: dict[tuple[str, bool], tuple[Retention, list[Personal]]] = {}
    for key, each in declared.personal().items():
        if open_purposes.intersection(each.purposes):
            for rule in terms_of(key):
                used.setdefault((rule.code, each.is_sensitive), (rule, []))[1].append(each)
    rows = [_term(rule, fields) for rule, fields in used.values()]
    headings = (_("Kept"), _("Counted from"), _("Why so long"), _("Which data"))
    return [table(_("How long data is kept"), headings, rows)]


def _term(rule: Retention, fields: list[Personal]) -> Row:
    names = sorted({str(each.category) for each in fields})
    cells = (str(rule.label), _triggers()[rule.trigger], str(REASONS[rule.reason]), joined(names, _("; ")))
    return Row(cells, any(each.is_sensitive for each in fields))


def _triggers() -> dict[Trigger, str]:
    return {
        Trigger.RECORDED: _("the time of the record"),
        Trigger.EMPLOYMENT_ENDED: _("the end of the employment"),
        Trigger.CONTACT_ENDED: _("the end of the business contact"),
        Trigger.REVOKED: _("signing the device out"),
        Trigger.ACCOUNT_ENDED: _("the cancelling of the account"),
        Trigger.PURPOSE_ENDED: _(
            "the withdrawal of the consent it rests on alone, or the closing of the function it is taken for"
        ),
    }


def responsible() -> list[Paragraph]:
    """Who decides and who acts for whom, per group of data (C1.1-15)."""
    found: dict[tuple[str, bool], set[str]] = {}
    for each in declared.personal().values():
        found.setdefault((each.controller, each.is_sensitive), set()).add(str(each.category))
    texts = {
        "organization": _("Your organization decides, the operator acts on its behalf"),
        "operator": _("The operator decides and acts itself"),
    }
    rows = [
        Row((texts[controller], joined(sorted(names), _("; "))), is_sensitive)
        for (controller, is_sensitive), names in sorted(found.items())
    ]
    return [table(_("Who is responsible for what"), (_("Who decides, who acts"), _("Which data")), rows)]


def certificates(stated: Iterable[str]) -> list[Paragraph]:
    """No certificate is claimed that the operator has not stated (C5.2-02, C5.2-03)."""
    return [
        Paragraph(_("The operator states this certificate: %(name)s.") % {"name": name}, style=ITEM)
        for name in stated
    ]


def heading(text: str) -> Paragraph:
    return Paragraph(text, style=HEADING)
