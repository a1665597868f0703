"""Five announcements."""

from dataclasses import dataclass, field

from .blocks import Block, facts, heading, notice, text


@dataclass(frozen=True)
class News:
    """One announcement; `days_ago` keeps a demo fresh whenever it is loaded."""

    slug: str
    title: str
    category: str
    days_ago: int
    scene: str
    lead: str
    body: list[Block] = field(default_factory=list)
    with_leaflet: bool = False


NEWS = [
    News(
        "sosialisasi-syarat-kerja",
        "Undangan sosialisasi syarat kerja bagi perusahaan",
        "outreach",
        2,
        "meeting",
        "Perusahaan yang PP-nya berakhir dalam enam bulan ke depan diundang mengikuti sosialisasi dan klinik naskah.",
        [
            text(
                "<p>Dinas Tenaga Kerja Kota Bekasi mengundang perusahaan untuk mengikuti sosialisasi "
                "penentuan syarat kerja. "
                "Peserta dapat membawa naskah PP dalam bentuk DOCX untuk diperiksa bersama mediator "
                "hubungan industrial.</p>"
            ),
            facts(
                ("Tempat", "Aula Dinas Tenaga Kerja, Jl. Ahmad Yani No. 13, Bekasi Selatan"),
                ("Waktu", "Pukul 09.00 sampai 12.00 WIB; tanggal tercantum pada undangan masing-masing perusahaan"),
                ("Peserta", "Paling banyak dua orang dari tiap perusahaan"),
                ("Biaya", "Tidak dipungut biaya"),
            ),
            heading("Acara"),
            text(
                "<ol><li>Kewajiban memiliki PP dan hubungan PP dengan PKB.</li><li>Kesalahan yang paling "
                "sering ditemukan "
                "pada naskah.</li><li>Praktik mengajukan permohonan daring.</li><li>Klinik naskah dan "
                "tanya jawab.</li></ol>"
            ),
        ],
        with_leaflet=True,
    ),
    News(
        "pengajuan-pp-daring",
        "Pengesahan PP kini diajukan secara daring",
        "service",
        9,
        "form",
        "Berkas tidak perlu lagi diantar ke loket. Perusahaan mengajukan, memperbaiki, dan menerima SK "
        "melalui situs ini.",
        [
            text(
                "<p>Permohonan pengesahan Peraturan Perusahaan sekarang diajukan melalui situs ini. "
                "Setiap permohonan "
                "memperoleh nomor, dan tahapnya dapat dilihat kapan saja. Berkas yang sudah diterima di loket tetap "
                "diproses sampai selesai.</p>"
            ),
            heading("Yang berubah bagi perusahaan"),
            text(
                "<ul><li>Persyaratan dapat dibaca lengkap sebelum mendaftar.</li><li>Catatan petugas "
                "disampaikan sekaligus, "
                "dengan pasal dan batas waktunya.</li><li>Surat keputusan diunduh sendiri dan memuat kode "
                "QR.</li></ul>"
            ),
            notice("<p>Belum terbiasa? Petugas loket membantu mengisi formulir pada jam layanan.</p>"),
        ],
    ),
    News(
        "periksa-masa-berlaku-pp",
        "Periksa masa berlaku PP perusahaan Anda",
        "notice",
        16,
        "calendar",
        "Pembaharuan diajukan paling lambat 30 hari kerja sebelum PP berakhir.",
        [
            text(
                "<p>PP berlaku paling lama dua tahun. Permenaker Nomor 28 Tahun 2014 Pasal 13 mewajibkan "
                "perusahaan mengajukan "
                "pembaharuan paling lambat 30 hari kerja sebelum masa berlakunya berakhir. Saran dan "
                "pertimbangan wakil "
                "pekerja dimintakan lagi.</p>"
            ),
            text(
                "<p>Masa berlaku dapat dilihat pada surat keputusan atau pada daftar "
                '<a href="/psk/register/">Perusahaan Patuh</a>. Perusahaan yang terdaftar juga menerima '
                "pengingat melalui "
                "surel.</p>"
            ),
        ],
    ),
    News(
        "layanan-pada-hari-libur",
        "Layanan pada hari libur nasional dan cuti bersama",
        "notice",
        30,
        "counter",
        "Loket tutup pada hari libur dan cuti bersama. Formulir daring tetap dapat diisi dan dikirim.",
        [
            text(
                "<p>Pada hari libur nasional dan cuti bersama, loket dan konsultasi tutup. Permohonan "
                "daring tetap diterima "
                "dan dicatat pada saat dikirim; pemeriksaannya dimulai pada hari kerja berikutnya.</p>"
            ),
            notice(
                "<p>Hari libur nasional dan cuti bersama tidak dihitung sebagai hari kerja, termasuk untuk batas "
                "perbaikan 14 hari kerja.</p>"
            ),
        ],
    ),
    News(
        "perkembangan-peraturan",
        "Perkembangan peraturan ketenagakerjaan",
        "regulation",
        44,
        "law",
        "Sampai ada pemberitahuan lain, naskah PP diperiksa menurut peraturan yang berlaku pada saat diajukan.",
        [
            text(
                "<p>Mahkamah Konstitusi dalam Putusan Nomor 168/PUU-XXI/2023 meminta pembentuk "
                "undang-undang menyusun "
                "undang-undang ketenagakerjaan yang baru. Selama belum ada pemberitahuan lain dari dinas, naskah PP "
                "diperiksa menurut UU Nomor 13 Tahun 2003 sebagaimana diubah, putusan Mahkamah "
                "Konstitusi, dan Permenaker "
                "Nomor 28 Tahun 2014.</p>"
            ),
            text(
                "<p>Apabila peraturan berganti, daftar persyaratan dan acuan pemeriksaan pada situs ini "
                "disesuaikan dan "
                'diumumkan. Acuan yang dipakai sekarang tercantum pada halaman <a href="/layanan/dasar-hukum/">Dasar '
                "hukum</a>.</p>"
            ),
        ],
    ),
]
