"""Profile, outreach, contact, privacy."""

from .blocks import Block, contact, facts, heading, notice, organisation, text

PROFILE: list[Block] = [
    heading("Visi"),
    {
        "type": "declaration",
        "value": "<p>Terwujudnya Tenaga Kerja Yang Terampil Mandiri Serta Terwujudnya Ketenangan "
        "Bekerja Dan Berusaha.</p>",
    },
    heading("Misi"),
    text(
        "<ol><li>Mewujudkan tenaga kerja yang berkualitas, profesional dan mandiri.</li><li>Mewujudkan optimalisasi "
        "terbukanya lapangan kerja bagi masyarakat.</li><li>Mewujudkan hubungan yang harmonis antara "
        "perusahaan, pekerja "
        "dan pemerintah.</li><li>Mewujudkan pelayanan prima kepada masyarakat.</li></ol>"
    ),
    heading("Struktur organisasi"),
    organisation(
        "Kepala Dinas",
        "Memimpin dinas dan menandatangani surat keputusan.",
        ("Sekretariat", "Melayani seluruh bidang.", ("Perencanaan", "Umum dan Kepegawaian", "Keuangan")),
        (
            "Bidang Pelatihan Kerja",
            "",
            ("Kelembagaan Pelatihan", "Penyelenggaraan Pelatihan", "Sertifikasi Kompetensi"),
        ),
        (
            "Bidang Pengembangan Pelatihan dan Peningkatan Produktivitas",
            "",
            ("Pengembangan", "Konsultasi", "Pengukuran dan Analisis Produktivitas"),
        ),
        (
            "Bidang Penempatan Tenaga Kerja dan Perluasan Kesempatan Kerja",
            "",
            ("Penempatan", "Perlindungan Tenaga Kerja Luar Negeri", "Perluasan Kesempatan Kerja"),
        ),
        (
            "Bidang Hubungan Industrial dan Jaminan Sosial Tenaga Kerja",
            "Menangani PP dan PKB.",
            ("Persyaratan Kerja", "Pengupahan dan Jaminan Sosial", "Penyelesaian Perselisihan Hubungan Industrial"),
        ),
        ("Kelompok jabatan fungsional", "", ("Mediator Hubungan Industrial", "Pengantar Kerja")),
        highlighted=4,
    ),
    heading("Tugas dan fungsi yang dilayani situs ini"),
    text(
        "<p>Situs ini melayani fungsi Bidang Hubungan Industrial dan Jaminan Sosial Tenaga Kerja:</p><ul>"
        "<li>memverifikasi permohonan PP dan PKB dari perusahaan di Kota Bekasi;</li><li>mendaftarkan PKB;</li>"
        "<li>mengoordinasikan pengesahan PP dan pendaftaran PKB;</li><li>mendeteksi dini kemungkinan "
        "perselisihan;</li>"
        "<li>membina lembaga kerja sama bipartit;</li><li>memantau, mengevaluasi, dan menyusun laporan.</li></ul>"
    ),
    notice("<p>Pengawasan ketenagakerjaan dan pengenaan sanksi merupakan kewenangan pemerintah provinsi.</p>"),
]

OUTREACH: list[Block] = [
    text(
        "<p>Kewajiban memiliki PP lebih mudah dipenuhi bila perusahaan tahu apa yang diperiksa. Karena "
        "itu dinas mengadakan "
        "pertemuan, menyediakan bahan, dan menghubungi perusahaan yang belum pernah mengajukan.</p>"
    ),
    heading("Kegiatan"),
    facts(
        (
            "Pertemuan per kecamatan",
            "Undangan, daftar hadir, notula, dan foto kegiatan disimpan sebagai bukti pelaksanaan.",
        ),
        ("Klinik naskah", "Perusahaan membawa naskah PP dan mendapat koreksi awal dari mediator."),
        ("Kunjungan", "Petugas mendatangi kawasan industri yang tingkat kepatuhannya masih rendah."),
    ),
    {"type": "meetings", "value": {"heading": "Jadwal terdekat", "count": 3}},
    heading("Minta pertemuan"),
    text(
        '<p>Asosiasi atau pengelola kawasan dapat meminta pertemuan melalui halaman <a href="/kontak/">Kontak</a>.</p>'
    ),
]

CONTACT: list[Block] = [
    contact(),
    heading("Menyampaikan pengaduan"),
    text(
        "<p>Sampaikan apa yang terjadi, kapan, dan nomor permohonan bila ada. Pengaduan tidak memengaruhi "
        "pemeriksaan "
        "permohonan Anda.</p>"
    ),
    {"type": "ticket_form", "value": {"heading": "Kirim laporan"}},
    heading("Saluran lain"),
    facts(
        (
            "SP4N-LAPOR!",
            '<a href="https://www.lapor.go.id/">lapor.go.id</a>, SMS 1708, atau aplikasi SP4N-LAPOR!. Pilih '
            "Pemerintah Kota Bekasi.",
        ),
        ("Loket", "Ruang pengaduan Bidang Hubungan Industrial, pada jam layanan."),
        ("WhatsApp dan surel", "Nomor dan alamat di atas. Dijawab pada jam kerja."),
    ),
    heading("Kapan dijawab"),
    facts(
        ("Pertanyaan tentang proses", "Paling lama 1 hari kerja."),
        (
            "Pengaduan",
            "Diverifikasi paling lama 3 hari kerja, ditindaklanjuti paling lama 5 hari kerja untuk permintaan "
            "informasi, 14 hari kerja untuk pengaduan yang tidak berkadar pengawasan, dan 60 hari kerja "
            "untuk yang berkadar "
            "pengawasan.",
        ),
    ),
]

PRIVACY: list[Block] = [
    text(
        "<p>Pemberitahuan ini menjelaskan data pribadi apa yang diproses pada layanan ini, untuk apa, dan "
        "apa hak Anda menurut "
        "Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi.</p>"
    ),
    facts(
        ("Pengendali data", "Dinas Tenaga Kerja Kota Bekasi."),
        (
            "Data yang diproses",
            "Nama, alamat surel, nomor telepon, dan jabatan pengurus akun; data pada dokumen yang diunggah, "
            "misalnya nama wakil pekerja; catatan waktu masuk dan alamat internet.",
        ),
        ("Tujuan", "Memeriksa permohonan, memberitahukan hasilnya, menerbitkan surat keputusan, dan menyusun laporan."),
        ("Dasar pemrosesan", "Pelaksanaan kewenangan dan pelayanan publik menurut peraturan perundang-undangan."),
        (
            "Yang dapat dilihat umum",
            "Nama perusahaan, jenis dan nomor surat keputusan, masa berlaku, dan statusnya. Data "
            "pribadi tidak ditampilkan.",
        ),
        (
            "Penyimpanan",
            "Berkas permohonan disimpan menurut jadwal retensi arsip dinas. Draf yang tidak pernah dikirim dihapus "
            "secara berkala.",
        ),
        (
            "Penerima data",
            "Petugas yang menangani permohonan, dan instansi pemerintah yang berwenang menurut peraturan.",
        ),
        ("Cookie", "Hanya yang diperlukan agar Anda tetap masuk dan formulir aman. Tidak ada pelacak pihak lain."),
    ),
    heading("Hak Anda"),
    text(
        "<ul><li>Memperoleh informasi dan salinan data pribadi Anda.</li><li>Melengkapi dan memperbaiki "
        "data.</li><li>Meminta "
        "penghapusan, sepanjang tidak bertentangan dengan kewajiban arsip.</li><li>Menyampaikan keberatan dan "
        'pengaduan.</li></ul><p>Gunakan hak tersebut melalui halaman <a href="/kontak/">Kontak</a>. Bila terjadi '
        "kegagalan pelindungan data, kami memberitahukannya secara tertulis paling lambat 3 x 24 jam.</p>"
    ),
]

PROFILE_PAGE = ("profil", "Profil", "Visi, misi, struktur, serta tugas dan fungsi dinas.", PROFILE)
CONTACT_PAGE = (
    "kontak",
    "Kontak",
    "Datang, menelepon, menulis, atau mengadu: semua saluran ada di sini.",
    CONTACT,
)
#: slug, title, lead, address
CONTACT_LINKS = [
    ("pengaduan", "Informasi dan pengaduan", "Bertanya, memberi saran, atau mengadu.", "/psk/pengaduan/"),
]
PRIVACY_PAGE = ("privasi", "Privasi", "Bagaimana data pribadi Anda dilindungi.", PRIVACY)
OUTREACH_PAGE = (
    "sosialisasi",
    "Sosialisasi",
    "Pertemuan, klinik naskah, dan bahan yang dapat diunduh.",
    OUTREACH,
)
#: slug, title, lead, address
OUTREACH_LINKS = [
    ("pertemuan", "Jadwal pertemuan", "Tanggal, tempat, dan pendaftaran peserta.", "/psk/sosialisasi/"),
]
