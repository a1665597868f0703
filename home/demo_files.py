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
    "shot-signup": (
        "Layar: daftar akun",
        "Halaman Daftar akun: isian alamat surel, kata sandi dua kali, tombol Daftar.",
    ),
    "shot-company": ("Layar: data perusahaan", "Halaman Daftarkan Perusahaan: nama, bentuk badan usaha, NIB, NPWP."),
    "shot-service": ("Layar: halaman layanan", "Halaman Pengesahan Peraturan Perusahaan dengan gambar alur dan waktu."),
    "shot-form": (
        "Layar: formulir permohonan",
        "Langkah 2 dari 4, Data peraturan: judul, nomor dan tanggal surat permohonan, masa berlaku.",
    ),
    "shot-documents": (
        "Layar: mengunggah dokumen",
        "Langkah 3 dari 4, Dokumen: setiap dokumen dengan berkas yang sudah terunggah dan tombol Pilih File.",
    ),
    "shot-status": (
        "Layar: status permohonan",
        "Halaman permohonan: tahap yang sudah lewat bercentang, tahap saat ini Sedang dikoreksi, giliran dinas.",
    ),
    "shot-union": (
        "Layar: konfirmasi SP/SB",
        "Bagian Konfirmasi SP/SB: menunggu jawaban, dengan tombol Minta ulang konfirmasi SP/SB.",
    ),
    "shot-next": (
        "Layar: memperbaharui peraturan",
        "Halaman Perbaharui, perpanjang, atau ubah: masa berlaku peraturan dan tombol Mulai pada Pembaharuan.",
    ),
    "shot-mine": (
        "Layar: permohonan saya",
        "Daftar Permohonan saya: yang dikembalikan berada paling atas, dengan tombol Lihat yang harus diperbaiki.",
    ),
    "shot-notes": (
        "Layar: catatan petugas",
        "Kartu Giliran Anda: batas perbaikan, pesan petugas, lalu catatan dengan masalah dan permintaan.",
    ),
    "shot-repair": (
        "Layar: memperbaiki berkas",
        "Satu catatan dengan masalah, permintaan, berkas yang diajukan, dan tombol Pilih File untuk penggantinya.",
    ),
    "shot-check": (
        "Layar: cek keaslian SK",
        "Halaman Cek keaslian SK dengan isian kode verifikasi dan tombol Periksa.",
    ),
    "shot-verify": (
        "Layar: hasil pemeriksaan SK",
        "Hasil pemeriksaan: keputusan terdaftar, masih berlaku dan segera berakhir, lalu nomor, tanggal, perusahaan.",
    ),
    "shot-inbox": ("Layar: kotak masuk petugas", "Kotak Masuk: permohonan yang menunggu, layanan, tahap, jatuh tempo."),
    "shot-desk": (
        "Layar: meja kerja petugas",
        "Meja kerja satu permohonan: perusahaan, batas waktu, tombol keputusan, dokumen, dan temuan.",
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
