"""A service that the code does not know, and an editor's page as a browser would send it back."""

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from psk_plugin.services.models import (
    DecreeClause,
    DocumentRequirement,
    Service,
    ServiceField,
    ServiceMail,
    Stage,
)

from .. import factories


def lks(**changes) -> Service:
    """Pencatatan LKS Bipartit: two documents, six questions, three stages, a certificate."""
    values = {
        "code": "lks-bipartit",
        "title": "Pencatatan LKS Bipartit",
        "kind": "LAIN",
        "filing_type": "baru",
        "summary": "Untuk perusahaan dengan 50 pekerja atau lebih.",
        "product": "Tanda Bukti Pencatatan",
        "is_published": True,
        "examination_days": 3,
        "decree_days": 2,
        "statutory_days": 0,
        "repair_days": 0,
        "max_validity_months": 0,
        "number_code": "LKS",
        "outcome": "Tercatat",
        "decree_heading": "TANDA BUKTI PENCATATAN",
        "decree_title": "LEMBAGA KERJA SAMA BIPARTIT {company}",
    }
    service = Service(**values | changes)
    service.documents = [
        DocumentRequirement(code="berita-acara", title="Berita acara pembentukan", sort_order=0),
        DocumentRequirement(code="daftar", title="Daftar pengurus", sort_order=1, condition="optional"),
    ]
    service.fields = [
        _question("ketua", "Nama ketua", "text", 0),
        _question("anggota", "Jumlah anggota", "number", 1),
        _question("dibentuk", "Tanggal pembentukan", "date", 2),
        _question("serikat", "Ada serikat di dalamnya", "yes_no", 3),
        _question("catatan", "Catatan", "long_text", 4, required=False),
    ]
    service.clauses = [
        DecreeClause(
            section="menetapkan",
            text="LKS Bipartit {company} dengan ketua {jawaban.ketua} telah dicatat dengan nomor {decree_number}.",
            sort_order=0,
        ),
        DecreeClause(section="menetapkan", text="Tanda bukti ini dipergunakan seperlunya.", sort_order=1),
    ]
    service.mails = [
        ServiceMail(
            moment="issue",
            subject="LKS {company} tercatat nomor {decree_number}",
            text="Selamat, LKS dengan ketua {jawaban.ketua} sudah tercatat.\n\nSimpan tanda buktinya.",
            sort_order=0,
        )
    ]
    service.save()
    way = (("registration", "registrasi"), ("completeness", "verifikator"), ("signature", "kadis"))
    for place, (kind, role) in enumerate(way):
        stage = Stage(
            service=service, code=kind, kind=kind, title=kind.title(), public_title=kind.title(), sort_order=place
        )
        stage.groups = [factories.group(role)]
        stage.save()
    return Service.objects.get(pk=service.pk)


def _question(code: str, label: str, kind: str, place: int, **more) -> ServiceField:
    return ServiceField(code=code, step="Data LKS", label=label, kind=kind, sort_order=place, **more)


LKS_ANSWERS = {"ketua": "Sari Contoh", "anggota": "12", "dibentuk": "2026-10-01", "serikat": "ya"}


def edit_url(service: Service) -> str:
    return reverse("psk_layanan_modeladmin_edit", args=[service.pk])


def posted(client: Client, service: Service) -> dict:
    """What a browser would send back from the edit page, nothing changed."""
    return sent_back(client.get(edit_url(service)).context["form"])


def sent_back(form) -> dict:
    """What a browser would send back from a page that shows this form."""
    data: dict = {}

    def collect(one) -> None:
        for bound in one:
            value = bound.value()
            if bound.field.widget.__class__.__name__ == "CheckboxInput":
                if value:
                    data[bound.html_name] = "on"
            elif isinstance(value, (list, tuple)):
                data[bound.html_name] = [getattr(v, "pk", v) for v in value]
            elif value is not None:
                data[bound.html_name] = value

    collect(form)
    for name, formset in form.formsets.items():
        for bound in formset.management_form:
            data[bound.html_name] = bound.value()
        for i, one in enumerate(formset.forms):
            collect(one)
            data[f"{name}-{i}-ORDER"] = i + 1
    return data


def index_of(service: Service, relation: str, code: str) -> int:
    return [row.code for row in getattr(service, relation).all()].index(code)


def with_row(data: dict, relation: str, **values) -> dict:
    """`data` with one more row at the end."""
    n = int(data[f"{relation}-TOTAL_FORMS"])
    data[f"{relation}-TOTAL_FORMS"] = n + 1
    data |= {f"{relation}-{n}-{name}": value for name, value in values.items()} | {f"{relation}-{n}-ORDER": n + 1}
    return data


def group_id(role: str) -> int:
    return Group.objects.get(pk=factories.group(role).pk).pk
