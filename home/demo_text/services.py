"""Services, service standard, declaration, legal basis."""

from .blocks import Block, facts, heading, notice, questions, text

#: Code of a service -> word in the address of its page, where the code alone would not do.
SLUGS = {"pp-baru": "pengesahan-pp", "pkb-baru": "pendaftaran-pkb"}

INDEX_PAGE = (
    "layanan",
    "Penentuan Syarat Kerja",
    "Layanan pengesahan Peraturan Perusahaan dan pendaftaran Perjanjian Kerja Bersama bagi perusahaan di Kota Bekasi.",
    [
        notice(
            "<p>PP <b>disahkan</b>, PKB <b>didaftarkan</b>. Perusahaan yang sudah memiliki PKB hasil perundingan "
            "dengan serikat pekerja tidak lagi memakai PP.</p>",
            "PP atau PKB?",
        ),
    ],
)

#: Below the form of every service.
AFTER_FORM: list[Block] = [
    {
        "type": "call_for_contact",
        "value": {
            "heading": "Perlu bantuan?",
            "text": "Petugas membantu pada jam layanan, di loket maupun melalui telepon dan WhatsApp.",
            "button": "Hubungi kami",
            "address": "/kontak/",
        },
    },
]

STANDARD: list[Block] = [
    text(
        "<p>Standar ini disusun menurut 14 komponen pada Pasal 21 UU Nomor 25 Tahun 2009 dan Permenpan RB Nomor 15 "
        "Tahun 2014, untuk layanan pengesahan Peraturan Perusahaan (PP) dan pendaftaran Perjanjian Kerja Bersama "
        "(PKB), baik yang baru maupun pembaharuan, perpanjangan, dan perubahannya.</p>"
    ),
    heading("Penyampaian pelayanan"),
    facts(
        (
            "1. Persyaratan",
            "Surat permohonan, naskah PP yang ditandatangani pengusaha, pernyataan telah dimintakan saran "
            "dan pertimbangan, serta dokumen pendukung. Untuk PKB, naskah ditandatangani pengusaha dan SP/SB. "
            'Daftar lengkap ada pada halaman setiap <a href="/layanan/">layanan</a>.',
        ),
        (
            "2. Sistem, mekanisme, dan prosedur",
            "Permohonan diajukan daring; untuk PKB, SP/SB mengonfirmasi naskah melalui tautan; registrasi; verifikasi "
            "kelengkapan; koreksi materi; konsep surat keputusan dan paraf; tanda tangan Kepala Dinas; surat "
            "keputusan dikirim "
            "kepada perusahaan. "
            "Permohonan yang belum memenuhi syarat dikembalikan untuk diperbaiki dengan catatan tertulis.",
        ),
        (
            "3. Jangka waktu",
            "PP: penelitian materi paling lama 6 hari kerja, penerbitan surat keputusan paling lama 5 hari kerja sejak "
            "dokumen dan materi memenuhi persyaratan. PKB: penelitian paling lama 4 hari kerja, penerbitan surat "
            "keputusan paling lama 1 hari kerja. Perbaikan oleh perusahaan paling lama "
            "14 hari kerja sejak "
            "pemberitahuan diterima.",
        ),
        ("4. Biaya atau tarif", "Tidak dipungut biaya."),
        (
            "5. Produk pelayanan",
            "Surat Keputusan Kepala Dinas tentang pengesahan Peraturan Perusahaan atau pendaftaran Perjanjian Kerja "
            "Bersama.",
        ),
        (
            "6. Penanganan pengaduan, saran, dan masukan",
            'Loket, telepon, WhatsApp, surel, dan SP4N-LAPOR!. Lihat <a href="/kontak/">Kontak</a>.',
        ),
    ),
    heading("Pengelolaan pelayanan"),
    facts(
        ("7. Dasar hukum", 'Lihat <a href="/psk/dasar-hukum/">Dasar hukum</a>.'),
        (
            "8. Sarana, prasarana, dan fasilitas",
            "Situs layanan, loket konsultasi dengan ruang tunggu, komputer bagi "
            "pemohon yang memerlukan bantuan, akses bagi penyandang disabilitas.",
        ),
        (
            "9. Kompetensi pelaksana",
            "Memahami peraturan ketenagakerjaan, teliti memeriksa naskah, mampu menjelaskan "
            "temuan dengan bahasa yang jelas, dan mampu memakai sistem daring.",
        ),
        (
            "10. Pengawasan internal",
            "Kepala Bidang memantau waktu proses setiap hari; setiap keputusan tercatat beserta petugas dan waktunya.",
        ),
        (
            "11. Jumlah pelaksana",
            "Petugas registrasi, verifikator, korektor (mediator hubungan industrial), Kepala Seksi "
            "Persyaratan Kerja, Kepala Bidang, Sekretaris, dan Kepala Dinas.",
        ),
        (
            "12. Jaminan pelayanan",
            "Permohonan diproses menurut urutan masuk, tanpa biaya, dengan alasan tertulis untuk setiap pengembalian.",
        ),
        (
            "13. Jaminan keamanan dan keselamatan pelayanan",
            "Berkas disimpan dengan sidik digital dan hanya dibuka oleh "
            "petugas yang menangani. Keaslian surat keputusan dapat diperiksa siapa saja melalui kode QR.",
        ),
        (
            "14. Evaluasi kinerja pelaksana",
            "Survei kepuasan masyarakat dan laporan waktu proses dievaluasi setiap tiga "
            "bulan dan dipakai untuk memperbaiki layanan.",
        ),
    ),
    {
        "type": "satisfaction_index",
        "value": {"heading": "Kepuasan pemohon sejauh ini", "service": None, "period": "all"},
    },
]

DECLARATION: list[Block] = [
    {
        "type": "declaration",
        "value": "<p><b>Dengan ini kami menyatakan sanggup menyelenggarakan pelayanan sesuai standar "
        "pelayanan yang telah "
        "ditetapkan.</b></p><p>Apabila pelayanan kami tidak sesuai standar, kami siap menerima pengaduan, "
        "memperbaikinya, "
        "dan menerima sanksi sesuai ketentuan peraturan perundang-undangan.</p><p>Kepala Dinas Tenaga Kerja Kota "
        "Bekasi</p>",
    },
    text(
        "<p>Maklumat ini berlaku untuk layanan pengesahan Peraturan Perusahaan dan pendaftaran Perjanjian "
        "Kerja Bersama. "
        'Isi standarnya dapat dibaca pada halaman <a href="/layanan/standar-pelayanan/">Standar pelayanan</a>.</p>'
    ),
]

QUESTIONS: list[Block] = [
    questions(
        (
            "Perusahaan mana yang wajib memiliki PP?",
            "Perusahaan yang mempekerjakan sekurang-kurangnya 10 orang pekerja, "
            "kecuali yang sudah memiliki PKB (UU Nomor 13 Tahun 2003 Pasal 108).",
        ),
        (
            "Kami punya cabang di luar Kota Bekasi. Di mana kami mengajukan?",
            "Bila tempat kerja berada di lebih dari satu "
            "kabupaten/kota dalam satu provinsi, pengesahan dilakukan dinas provinsi. Bila lebih dari satu provinsi, "
            "Kementerian Ketenagakerjaan (Permenaker Nomor 28 Tahun 2014 Pasal 7).",
        ),
        (
            "Berapa lama prosesnya?",
            "PP: materi diteliti paling lama 6 hari kerja, dan surat keputusan terbit paling lama 5 hari kerja setelah "
            "syarat terpenuhi. PKB: 4 hari kerja, lalu 1 hari kerja. Waktu perusahaan memperbaiki tidak dihitung "
            "sebagai waktu petugas.",
        ),
        (
            "Apakah ada biaya?",
            'Tidak. Bila ada yang meminta bayaran, laporkan melalui halaman <a href="/kontak/">Kontak</a>.',
        ),
        (
            "Permohonan kami dikembalikan. Apa yang harus dilakukan?",
            "Buka Permohonan saya. Setiap catatan menyebut dokumen "
            "atau pasal, alasannya, dan batas waktunya. Perbaiki bagian itu saja, lalu kirim. Lihat "
            '<a href="/panduan/memperbaiki-berkas/">panduannya</a>.',
        ),
        (
            "Bagaimana bila batas 14 hari kerja terlewati?",
            "Proses pengesahan dimulai dari awal (Permenaker Nomor 28 Tahun "
            "2014 Pasal 9). Data dan dokumen lama tetap tersimpan, sehingga pengajuan ulang lebih cepat.",
        ),
        (
            "Kapan PP harus diperbaharui, dan bagaimana caranya?",
            "Ajukan pembaharuan paling lambat 30 hari kerja sebelum PP berakhir. Buka Peraturan saya dan pilih PP itu; "
            'formulirnya sudah terisi. Lihat <a href="/panduan/memperbaharui-pp-pkb/">panduannya</a>.',
        ),
        (
            "Apakah PKB juga didaftarkan daring?",
            "Ya. Perusahaan mengajukan, lalu SP/SB menerima tautan melalui surel dan mengonfirmasi naskahnya tanpa "
            'membuat akun. Lihat <a href="/panduan/mendaftarkan-pkb/">panduannya</a>.',
        ),
        (
            "Tidak ada serikat pekerja di perusahaan kami. Siapa yang memberi saran?",
            "Wakil pekerja yang dipilih secara demokratis dan mewakili setiap unit kerja.",
        ),
        (
            "Surel konfirmasi akun tidak datang.",
            "Periksa folder spam, atau minta dikirim ulang pada halaman "
            '<a href="/akun/kirim-ulang/">Kirim ulang konfirmasi</a>.',
        ),
        (
            "Satu akun untuk beberapa perusahaan, apakah bisa?",
            "Bisa. Satu orang dapat mengurus beberapa perusahaan, dan "
            "satu perusahaan dapat memiliki beberapa pengurus.",
        ),
    ),
]

STANDARD_PAGE = (
    "standar-pelayanan",
    "Standar pelayanan",
    "Apa yang dapat Anda harapkan dari kami: syarat, alur, waktu, biaya, dan jaminannya.",
    STANDARD,
)
DECLARATION_PAGE = ("maklumat-pelayanan", "Maklumat pelayanan", "Janji kami kepada pemohon.", DECLARATION)
QUESTIONS_PAGE = ("tanya-jawab", "Tanya jawab", "Pertanyaan yang paling sering kami terima.", QUESTIONS)

#: slug, title, lead, address
SERVICE_LINKS = [
    ("dasar-hukum", "Dasar hukum", "Peraturan yang menjadi acuan pemeriksaan, beserta statusnya.", "/psk/dasar-hukum/"),
]
MENU_LINKS = [
    (
        "perusahaan-patuh",
        "Perusahaan Patuh",
        "Daftar perusahaan yang PP atau PKB-nya masih berlaku.",
        "/psk/register/",
    ),
    ("cek-keaslian-sk", "Cek Keaslian SK", "Cocokkan surat keputusan dengan catatan dinas.", "/psk/verifikasi/"),
]
