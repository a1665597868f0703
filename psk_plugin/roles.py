"""Groups of the office with the least they need, made by `ensure_groups`: from `psk_setup` and from the data loaders.

What a group may do with the site's own pages is the site's part; here stands what the plugin knows.
"""

from functools import reduce
from operator import or_

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

REGISTRASI = "PSK Registrasi"
VERIFIKATOR = "PSK Verifikator"
KOREKTOR = "PSK Korektor"
KASI = "PSK Kasi"
KABID = "PSK Kabid"
SEKRETARIS = "PSK Sekretaris"
KADIS = "PSK Kepala Dinas"
SERVICE_EDITOR = "PSK Editor Layanan"
PENGADUAN = "PSK Pengaduan"
#: Looks after people and settings without being a superuser, and decides nothing about applications.
ADMINISTRATOR = "PSK Administrator"

REVIEWERS = (REGISTRASI, VERIFIKATOR, KOREKTOR, KASI, KABID, SEKRETARIS, KADIS)

#: Distributing work, and who acts for whom.
_SUPERVISE = (
    "assign_submission",
    *("add_actingappointment", "change_actingappointment", "view_actingappointment"),
    *("add_absence", "change_absence", "delete_absence", "view_absence"),
)
_REVIEW = (
    "wagtailadmin.access_admin",
    "review_submission",
    "view_all_submissions",
    "view_submission",
    "view_companyregulation",
)
#: The office's usual wordings of findings and one's own.
_WORDINGS = ("add_wording", "change_wording", "delete_wording", "view_wording")
_MEETINGS = ("add_meeting", "change_meeting", "view_meeting", "manage_registrations")
#: Letters to many companies, and the list of early signs.
_CAMPAIGNS = (
    *("add_campaign", "change_campaign", "view_campaign", "send_campaign"),
    *("view_signmark", "add_signmark", "view_signrule"),
)
#: Two rows of one company become one.
_MERGING = ("add_companymerge", "view_companymerge")
#: Of the site's user model, whatever it is.
_PEOPLE = ("{users}.add_{user}", "{users}.change_{user}", "{users}.view_{user}")
#: Group -> permissions: "codename" of the plugin, or "app.codename" of another.
PERMISSIONS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(REVIEWERS, _REVIEW),
    REGISTRASI: (
        *(*_REVIEW, "decide_claim", "answer_ticket", "view_meeting", "manage_registrations"),
        "import_census",
    ),
    VERIFIKATOR: (*_REVIEW, *_WORDINGS),
    KASI: (*_REVIEW, *_SUPERVISE, *_CAMPAIGNS, "view_renewalreminder", "stop_renewalreminder", "view_monitoring"),
    KABID: (
        *(*_REVIEW, *_SUPERVISE, *_WORDINGS, *_CAMPAIGNS),
        "view_norm",
        "change_norm",
        "add_norm",
        *("view_company", "decide_claim", *_MERGING),
        *("view_decree", "hold_back_regulation"),
        "view_surveyanswer",
        *("view_monitoring", "make_evidence"),
        "view_mail",
        "change_mail",
        *("view_renewalreminder", "stop_renewalreminder"),
        "change_calendarexception",
        "view_legalsource",
        "change_legalsource",
        *("answer_ticket", "change_helpdesksettings", "add_ticketcategory", "change_ticketcategory"),
        *("delete_ticketcategory", "view_ticketcategory", *_MEETINGS),
    ),
    SEKRETARIS: (*_REVIEW, "view_monitoring"),
    KADIS: (
        *_REVIEW,
        *("view_campaign", "view_signmark"),
        *("view_company", "view_companymerge"),
        "view_decree",
        "view_surveyanswer",
        "revoke_decree",
        "hold_back_regulation",
        *("view_monitoring", "make_evidence"),
    ),
    KOREKTOR: (*_REVIEW, *_WORDINGS, "view_norm", "change_norm", "add_norm"),
    SERVICE_EDITOR: (
        *("wagtailadmin.access_admin", "add_service", "change_service", "view_service", "change_officesettings"),
        *(
            "add_calendarexception",
            "change_calendarexception",
            "delete_calendarexception",
            "view_calendarexception",
        ),
        *("add_kblicode", "view_kblicode"),
        *("add_legalsource", "change_legalsource", "delete_legalsource", "view_legalsource"),
        *_MEETINGS,
    ),
    ADMINISTRATOR: (
        *("wagtailadmin.access_admin", *_PEOPLE),
        *("change_officesettings", "change_helpdesksettings"),
        *(f"{verb}_ticketcategory" for verb in ("add", "change", "delete", "view")),
        *(f"{verb}_calendarexception" for verb in ("add", "change", "delete", "view")),
        *("view_mail", "change_mail", "view_decree"),
        *(*_CAMPAIGNS, "change_signrule"),
        *("view_monitoring", "make_evidence"),
        # A company that nobody manages any more gets a manager again.
        *("view_company", "change_membership", "decide_claim", *_MERGING),
        "import_census",
    ),
    PENGADUAN: ("wagtailadmin.access_admin", "answer_ticket", "view_ticketcategory"),
}


def permissions_of(group: str) -> list[Permission]:
    """The permissions a group needs, as rows. Raises `LookupError` where one of them does not exist.

    Looked up with their app: a host's own `Company` or `Norm` has permissions of the same codename.
    """
    meta = get_user_model()._meta
    wanted = set()
    for name in PERMISSIONS[group]:
        app, _dot, codename = name.format(users=meta.app_label, user=meta.model_name).rpartition(".")
        wanted.add((app or "psk_plugin", codename))
    conditions = [Q(content_type__app_label=app, codename=codename) for app, codename in wanted]
    found = list(Permission.objects.filter(reduce(or_, conditions)).select_related("content_type"))
    if missing := wanted - {(permission.content_type.app_label, permission.codename) for permission in found}:
        raise LookupError(f"{group}: {', '.join(sorted('.'.join(name) for name in missing))}")
    return found


def ensure_groups() -> dict[str, Group]:
    """Make the groups and give each its permissions. Adds, never takes away what an administrator gave."""
    groups = {}
    for name in PERMISSIONS:
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*permissions_of(name))
        groups[name] = group
    return groups
