"""Pictures and documents of the demo site: stored once, found again on the next run, in the site's collection."""

from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from .demo_papers import PAPERS
from .demo_pictures import SCENES, draw
from .moderation import site_collection

#: Pictures of the real screens, for the guides: file in `demo_shots` -> title, description.
SHOTS_FOLDER = Path(__file__).parent / "demo_shots"
SHOTS: dict[str, tuple[str, str]] = {
    "shot-signup": ("Layar: daftar akun", "Halaman Daftar dengan isian alamat surel dan kata sandi."),
    "shot-company": ("Layar: data perusahaan", "Formulir data perusahaan: nama, NIB, alamat, dan jumlah pekerja."),
    "shot-form": ("Layar: formulir permohonan", "Formulir permohonan dengan langkah-langkah di bagian atas."),
    "shot-documents": ("Layar: mengunggah dokumen", "Daftar dokumen dengan tombol unggah untuk setiap dokumen."),
    "shot-status": ("Layar: status permohonan", "Halaman permohonan dengan garis kemajuan dan tahap saat ini."),
    "shot-repair": ("Layar: catatan perbaikan", "Halaman perbaikan dengan catatan petugas dan isian jawaban."),
    "shot-verify": (
        "Layar: hasil pemeriksaan SK",
        "Hasil pemeriksaan keaslian: nomor, perusahaan, masa berlaku, status.",
    ),
}


class Files:
    """Makes what is missing; what an editor replaced stays."""

    def __init__(self, author: AbstractUser | None) -> None:
        self.author = author
        self.collection = site_collection()

    def picture(self, name: str) -> Any:
        """The stored picture of a drawn scene or of a screen."""
        if name in SHOTS:
            title, description = SHOTS[name]
            suffix, data = "webp", lambda: (SHOTS_FOLDER / f"{name}.webp").read_bytes()
        else:
            _draw, title, description = SCENES[name]
            suffix, data = "png", lambda: draw(name)
        model = get_image_model()
        existing = model.objects.filter(title=title, file__contains=f"demo-{name}").first()
        return existing or model.objects.create(
            title=title,
            description=description,
            collection=self.collection,
            uploaded_by_user=self.author,
            file=ImageFile(ContentFile(data()), name=f"demo-{name}.{suffix}"),
        )

    def paper(self, name: str) -> Any:
        """The stored document of this name."""
        title, filename, make = PAPERS[name]
        model = get_document_model()
        existing = model.objects.filter(title=title).first()
        return existing or model.objects.create(
            title=title,
            collection=self.collection,
            uploaded_by_user=self.author,
            file=ContentFile(make(), name=filename),
        )
