"""Accounts everybody knows the password of. For a demonstration only."""

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from .. import roles

DEMO_PASSWORD = "contoh-psk-2026"

#: Name of the account -> display name, groups, what it is for.
ACCOUNTS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "pemohon": ("Pemohon Contoh", (), "Perusahaan: PT Ombak Besi Nusatirta, PT Griya Embun Pelangi, PT Seruni Garmen"),
    "pemohon2": ("Pemohon Kedua", (), "Perusahaan: PT Gudang Layang Sembilan, CV Kenanga Rasa, PT Cakra Logam (PKB)"),
    "registrasi": ("Registrasi Contoh", (roles.REGISTRASI,), "Menerima dan memberi nomor"),
    "verifikator": ("Verifikator Contoh", (roles.VERIFIKATOR,), "Memeriksa kelengkapan"),
    "korektor": ("Korektor Contoh", (roles.KOREKTOR,), "Memeriksa materi"),
    "kasi": ("Kasi Contoh", (roles.KASI,), "Konsep SK dan paraf"),
    "kabid": ("Kabid Contoh", (roles.KABID,), "Paraf, melihat surel"),
    "sekretaris": ("Sekretaris Contoh", (roles.SEKRETARIS,), "Paraf, bila tahapannya dipakai"),
    "kadis": ("Kepala Dinas", (roles.KADIS,), "Menandatangani dan menerbitkan SK"),
    "editor": ("Editor Contoh", (roles.SERVICE_EDITOR,), "Halaman situs dan layanan"),
    "pengelola": ("Pengelola Contoh", (roles.ADMINISTRATOR,), "Mengelola pengguna dan pengaturan"),
    "admin": ("Admin Contoh", (), "Administrator sistem"),
}
#: Files for the companies in the background, so that their applications have somebody who filed them. Cannot sign in.
FILER = "berkas-contoh"


def make_accounts() -> dict:
    """The demo's people by name. An account that exists stays as it is, with the password somebody may have set."""
    user_model = get_user_model()
    groups = roles.ensure_groups()
    # One hash for all: one for each would take seconds, and the password is no secret.
    password = make_password(DEMO_PASSWORD)
    people = {}
    for name, (display, group_names, _purpose) in ACCOUNTS.items():
        first, _space, last = display.partition(" ")
        email = f"{name}@contoh.test"
        user, is_new = user_model.objects.get_or_create(
            **{user_model.USERNAME_FIELD: name},
            defaults={
                "email": email,
                "first_name": first,
                "last_name": last,
                "password": password,
                "is_superuser": name == "admin",
                "is_staff": name == "admin",
            },
        )
        if is_new:
            for group_name in group_names:
                user.groups.add(groups.get(group_name) or Group.objects.get_or_create(name=group_name)[0])
            EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
        people[name] = user
    people[FILER], _new = user_model.objects.get_or_create(
        **{user_model.USERNAME_FIELD: FILER},
        defaults={"first_name": "Berkas", "last_name": "Contoh", "password": make_password(None), "is_active": False},
    )
    return people


def table() -> str:
    """The accounts as the person who starts the demo reads them."""
    lines = [f"Akun demo (kata sandi semua akun: {DEMO_PASSWORD})", ""]
    for name, (_display, _groups, purpose) in ACCOUNTS.items():
        lines.append(f"  {name:<12} {name + '@contoh.test':<26} {purpose}")
    lines += ["", "  Perusahaan masuk lewat /akun/login/, petugas lewat /admin/."]
    return "\n".join(lines)
