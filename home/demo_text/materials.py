"""Materials of sosialisasi."""

from dataclasses import dataclass

from .blocks import Block, text


@dataclass(frozen=True)
class Material:
    """One material; `scene` is its preview, `file` the name of a function in `demo_papers`."""

    slug: str
    title: str
    kind: str
    lead: str
    scene: str
    file: str = ""
    video: str = ""
    body: tuple[Block, ...] = ()


MATERIALS = [
    Material(
        "banner-wajib-pp",
        "Banner: perusahaan Anda sudah punya PP?",
        "banner",
        "Banner mendatar untuk kawasan industri, kantor kecamatan, dan media sosial.",
        "front",
        "banner",
        body=(text("<p>Ukuran cetak yang disarankan 3 x 1 meter. Tulisan dan warna tidak diubah.</p>"),),
    ),
    Material(
        "leaflet-lima-langkah",
        "Leaflet: lima langkah mengesahkan PP",
        "leaflet",
        "Satu halaman A5 untuk dibagikan kepada bagian personalia.",
        "documents",
        "leaflet",
    ),
    Material(
        "paparan-syarat-kerja",
        "Paparan: menyusun dan mengajukan Peraturan Perusahaan",
        "slides",
        "Bahan paparan sosialisasi: kewajiban, isi minimum, kesalahan yang sering ditemukan, dan cara mengajukan.",
        "meeting",
        "slides",
        body=(
            text(
                "<p>Isi paparan:</p><ol><li>Siapa yang wajib memiliki PP.</li><li>Isi minimum PP menurut Permenaker "
                "Nomor 28 Tahun 2014.</li><li>Lima kesalahan yang paling sering dikembalikan.</li><li>Mengajukan "
                "secara daring.</li><li>Waktu, biaya, dan pengaduan.</li></ol>"
            ),
        ),
    ),
    Material(
        "contoh-film",
        "Film: contoh pemutaran",
        "video",
        "Contoh bagi editor: film bebas lisensi. Ganti alamatnya dengan film sosialisasi dinas.",
        "loudspeaker",
        video="https://www.youtube.com/watch?v=aqz-KE-bpKQ",
        body=(
            text(
                "<p>Tuliskan di sini isi film dengan kata-kata, agar orang yang tidak dapat mendengar atau menonton "
                "tetap memperoleh isinya.</p>"
            ),
        ),
    ),
]
