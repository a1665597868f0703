"""Groups of the office with the least they need; made by `ensure_groups`, called from the data loaders."""

from django.contrib.auth.models import Group, Permission

REGISTRASI = "PSK Registrasi"
VERIFIKATOR = "PSK Verifikator"
KOREKTOR = "PSK Korektor"
KASI = "PSK Kasi"
KABID = "PSK Kabid"
SEKRETARIS = "PSK Sekretaris"
KADIS = "PSK Kepala Dinas"
SERVICE_EDITOR = "PSK Editor Layanan"
PENGADUAN = "PSK Pengaduan"

REVIEWERS = (REGISTRASI, VERIFIKATOR, KOREKTOR, KASI, KABID, SEKRETARIS, KADIS)

#: Distributing work, and who acts for whom.
_SUPERVISE = (
    "assign_submission",
    *("add_actingappointment", "change_actingappointment", "view_actingappointment"),
    *("add_absence", "change_absence", "delete_absence", "view_absence"),
)
_REVIEW = (
    "access_admin",
    "review_submission",
    "view_all_submissions",
    "view_submission",
    "view_companyregulation",
)
_MEETINGS = ("add_meeting", "change_meeting", "view_meeting", "manage_registrations")
PERMISSIONS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(REVIEWERS, _REVIEW),
    REGISTRASI: (*_REVIEW, "answer_ticket", "view_meeting", "manage_registrations"),
    KASI: (*_REVIEW, *_SUPERVISE),
    KABID: (
        *(*_REVIEW, *_SUPERVISE),
        "view_norm",
        "change_norm",
        "add_norm",
        "view_company",
        "view_decree",
        "view_surveyanswer",
        "view_mail",
        "change_mail",
        "change_calendarexception",
        "view_legalsource",
        "change_legalsource",
        *("answer_ticket", "change_helpdesksettings", "add_ticketcategory", "change_ticketcategory"),
        *("delete_ticketcategory", "view_ticketcategory", *_MEETINGS),
    ),
    KADIS: (*_REVIEW, "view_company", "view_decree", "view_surveyanswer", "revoke_decree"),
    KOREKTOR: (*_REVIEW, "view_norm", "change_norm", "add_norm"),
    SERVICE_EDITOR: (
        *("access_admin", "add_service", "change_service", "view_service", "change_officesettings"),
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
    PENGADUAN: ("access_admin", "answer_ticket", "view_ticketcategory"),
}


def ensure_groups() -> dict[str, Group]:
    """Make the groups and give each its permissions. Adds, never takes away what an administrator gave."""
    groups = {}
    # A host's own `Company` or `Norm` has permissions of the same codename: those stay the host's.
    ours = Permission.objects.filter(content_type__app_label__in=("psk_plugin", "wagtailadmin"))
    for name, codenames in PERMISSIONS.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*ours.filter(codename__in=codenames))
        groups[name] = group
    return groups
