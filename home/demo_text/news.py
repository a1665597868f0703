"""Announcements."""

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


#: Word in addresses -> name.
CATEGORIES = {
    "pengumuman": "Pengumuman",
    "sosialisasi": "Sosialisasi",
    "peraturan": "Peraturan",
    "layanan": "Layanan",
}

INDEX_PAGE = ("pengumuman", "Pengumuman", "Kabar layanan, sosialisasi, dan perubahan peraturan.", [])

NEWS = [
    News(
        "sosialisasi-syarat-kerja",
        "Undangan sosialisasi syarat kerja bagi perusahaan",
        "sosialisasi",
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
        "Pengesahan PP dan pendaftaran PKB kini daring",
        "layanan",
        9,
        "form",
        "Berkas tidak perlu lagi diantar ke loket. Perusahaan mengajukan, memperbaiki, dan menerima SK "
        "melalui situs ini.",
        [
            text(
                "<p>Permohonan pengesahan Peraturan Perusahaan dan pendaftaran Perjanjian Kerja Bersama sekarang "
                "diajukan "
                "melalui situs ini, juga pembaharuan, perpanjangan, dan perubahannya. "
                "Setiap permohonan "
                "memperoleh nomor, dan tahapnya dapat dilihat kapan saja. Berkas yang sudah diterima di loket tetap "
                "diproses sampai selesai.</p>"
            ),
            heading("Yang berubah bagi perusahaan"),
            text(
                "<ul><li>Persyaratan dapat dibaca lengkap sebelum mendaftar.</li><li>Catatan petugas "
                "disampaikan sekaligus, "
                "dengan pasal dan batas waktunya.</li><li>Pembaharuan dimulai dari PP atau PKB yang tercatat; "
                "isiannya sudah "
                "terisi.</li><li>Untuk PKB, SP/SB mengonfirmasi naskah melalui tautan tanpa membuat "
                "akun.</li><li>Surat keputusan diunduh sendiri dan memuat kode "
                "QR.</li></ul>"
            ),
            notice("<p>Belum terbiasa? Petugas loket membantu mengisi formulir pada jam layanan.</p>"),
        ],
    ),
    News(
        "periksa-masa-berlaku-pp",
        "Periksa masa berlaku PP perusahaan Anda",
        "pengumuman",
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
        "pengumuman",
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
        "peraturan",
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
                'diumumkan. Acuan yang dipakai sekarang tercantum pada halaman <a href="/psk/dasar-hukum/">Dasar '
                "hukum</a>.</p>"
            ),
        ],
    ),
    News(
        "klinik-naskah-kecamatan",
        "Klinik naskah PP hadir di kantor kecamatan",
        "sosialisasi",
        73,
        "agreement",
        "Mediator hubungan industrial memeriksa naskah PP perusahaan secara gratis, bergilir di 12 kecamatan.",
        [
            text(
                "<p>Klinik naskah membantu perusahaan memperbaiki naskah sebelum diajukan, sehingga permohonan tidak "
                "perlu dikembalikan. Bawalah naskah dalam bentuk DOCX dan daftar pertanyaan.</p>"
            ),
            facts(
                ("Waktu", "Setiap Kamis pukul 09.00 sampai 12.00 WIB"),
                ("Tempat", "Kantor kecamatan menurut giliran"),
                ("Biaya", "Tidak dipungut biaya"),
            ),
        ],
        with_leaflet=True,
    ),
    News(
        "hasil-survei-kepuasan",
        "Hasil survei kepuasan dipakai memperbaiki layanan",
        "layanan",
        160,
        "review",
        "Pemohon meminta catatan perbaikan yang lebih jelas. Kini setiap catatan menyebut pasal, alasan, dan saran.",
        [
            text(
                "<p>Survei kepuasan masyarakat menunjukkan dua hal yang paling diinginkan pemohon: kepastian waktu dan "
                "catatan perbaikan yang jelas. Karena itu tahap dan batas waktu kini terlihat pada setiap permohonan, "
                "dan catatan petugas dikirim sekaligus dalam satu pemberitahuan.</p>"
            ),
        ],
    ),
    News(
        "pendataan-perusahaan",
        "Pendataan perusahaan yang belum memiliki PP",
        "pengumuman",
        390,
        "counter",
        "Dinas menghubungi perusahaan dengan 10 pekerja atau lebih yang belum pernah mengajukan pengesahan PP.",
        [
            text(
                "<p>Pendataan dilakukan melalui surat, telepon, dan kunjungan ke kawasan industri. Petugas selalu "
                "membawa surat tugas dan tidak meminta pembayaran apa pun.</p>"
            ),
            notice(
                "<p>Ragu dengan orang yang mengaku petugas? Hubungi kami sebelum menyerahkan dokumen.</p>", kind="warn"
            ),
        ],
    ),
]
