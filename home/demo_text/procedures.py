"""The SOP that fits the online process."""

import datetime as dt
from typing import Any

#: Code of the service whose flow is drawn.
SERVICE = "pp-baru"

#: Field of the page -> value.
SOP: dict[str, Any] = {
    "title": "SOP pengesahan Peraturan Perusahaan secara daring",
    "lead": "Siapa mengerjakan apa, berapa lama, dan apa hasilnya: dari permohonan diterima sampai surat keputusan "
    "diunduh perusahaan.",
    "number": "500.15/SOP-01/Disnaker.HI/2026",
    "made_on": dt.date(2026, 1, 12),
    "revised_on": dt.date(2026, 7, 6),
    "in_force_from": dt.date(2026, 7, 13),
    "legal_basis": "UU Nomor 13 Tahun 2003 Pasal 108-115\n"
    "Permenaker Nomor 28 Tahun 2014 Pasal 7-13\n"
    "UU Nomor 25 Tahun 2009 tentang Pelayanan Publik\n"
    "Permenpan RB Nomor 15 Tahun 2014 tentang Pedoman Standar Pelayanan",
    "qualifications": "Memahami peraturan ketenagakerjaan dan pembuatan Peraturan Perusahaan\n"
    "Mampu memakai sistem layanan daring\n"
    "Korektor: Mediator Hubungan Industrial",
    "related": "SOP pendaftaran Perjanjian Kerja Bersama\nSOP penanganan pengaduan",
    "equipment": "Komputer dengan jaringan internet\nDaftar periksa kelengkapan dan materi pada sistem",
    "warnings": "Permohonan di luar kewenangan dinas diarahkan ke instansi yang berwenang.\n"
    "Bila penelitian melewati 6 hari kerja, sistem memberi peringatan kepada Kepala Seksi dan Kepala Bidang.\n"
    "Petugas tidak memutus permohonan perusahaan yang berkepentingan dengannya.",
    "records": "Setiap tahap tercatat pada sistem beserta petugas dan waktunya\n"
    "Surat keputusan dicatat dalam buku register",
}

#: activity, actor, needs, time, output, note
ACTIVITIES: list[tuple[str, str, str, str, str, str]] = [
    (
        "Mengisi formulir, mengunggah dokumen, dan mengirim permohonan",
        "Perusahaan",
        "Dokumen persyaratan",
        "",
        "Nomor permohonan dan tanda terima",
        "Draf tersimpan dan dapat dilanjutkan kapan saja",
    ),
    (
        "Menerima permohonan, memeriksa kewenangan, dan memberi nomor registrasi",
        "Registrasi",
        "Permohonan",
        "1 hari kerja",
        "Nomor registrasi",
        "",
    ),
    (
        "Memeriksa kelengkapan dokumen",
        "Verifikator",
        "Daftar periksa kelengkapan",
        "2 hari kerja",
        "Dokumen lengkap atau catatan perbaikan",
        "",
    ),
    (
        "Meneliti materi Peraturan Perusahaan terhadap peraturan",
        "Korektor (Mediator)",
        "Naskah dan daftar norma",
        "3 hari kerja",
        "Materi sesuai atau catatan perbaikan",
        "Seluruh penelitian paling lama 6 hari kerja",
    ),
    (
        "Memperbaiki dan mengirim kembali, bila ada catatan",
        "Perusahaan",
        "Catatan perbaikan",
        "Paling lama 14 hari kerja",
        "Perbaikan sebagai versi baru",
        "Waktu ini tidak dihitung sebagai waktu petugas",
    ),
    (
        "Menyiapkan konsep surat keputusan dan memberi paraf",
        "Kepala Seksi",
        "Hasil penelitian",
        "2 hari kerja",
        "Konsep SK",
        "",
    ),
    ("Meneliti konsep dan memberi paraf", "Kepala Bidang", "Konsep SK", "1 hari kerja", "Konsep SK berparaf", ""),
    (
        "Menandatangani surat keputusan",
        "Kepala Dinas",
        "Konsep SK berparaf",
        "1 hari kerja",
        "SK bernomor dengan kode QR",
        "Penerbitan paling lama 5 hari kerja",
    ),
    (
        "Mengunduh surat keputusan dan mengisi survei kepuasan",
        "Perusahaan",
        "Akun perusahaan",
        "",
        "SK diterima; perusahaan tercantum dalam register",
        "Survei tidak menjadi syarat mengunduh",
    ),
]
