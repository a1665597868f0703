"""An invented census: companies of Kota Bekasi as a list would name them, the same ones each time. No real company."""

import io
import random
from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook

#: As many as the office counts in the city.
ALL_COMPANIES = 2_203
HEADINGS = (
    *("No", "Nama Perusahaan", "NIB", "NPWP", "Alamat", "Kelurahan", "Kecamatan", "Sektor", "Kode KBLI", "Jenis Usaha"),
    *("Jumlah Tenaga Kerja", "Laki-laki", "Perempuan", "Telepon", "Email"),
)
#: Kecamatan, how many of a hundred companies lie there, a kelurahan or two.
PLACES = (
    ("Bantargebang", 9, ("Ciketing Udik", "Cikiwul")),
    ("Bekasi Barat", 12, ("Kranji", "Bintara")),
    ("Bekasi Selatan", 14, ("Kayuringin Jaya", "Pekayon Jaya")),
    ("Bekasi Timur", 11, ("Margahayu", "Aren Jaya")),
    ("Bekasi Utara", 9, ("Harapan Baru", "Teluk Pucung")),
    ("Jatiasih", 6, ("Jatikramat", "Jatimekar")),
    ("Jatisampurna", 4, ("Jatikarya", "Jatirangga")),
    ("Medan Satria", 13, ("Harapan Mulya", "Medan Satria")),
    ("Mustikajaya", 5, ("Cimuning", "Pedurenan")),
    ("Pondokgede", 6, ("Jatibening", "Jatimakmur")),
    ("Pondokmelati", 3, ("Jatirahayu", "Jatiwarna")),
    ("Rawalumbu", 8, ("Bojong Menteng", "Sepanjang Jaya")),
)
#: Sector as lists write it, share of a hundred, lines of business with a KBLI code, usual number of workers.
SECTORS = (
    ("Perdagangan", 27, (("Perdagangan eceran", "47111"), ("Perdagangan besar bahan bangunan", "46638")), 14),
    (
        "Industri pengolahan",
        24,
        (("Komponen mesin", "28199"), ("Barang plastik", "22292"), ("Makanan ringan", "10794")),
        60,
    ),
    ("Transportasi dan pergudangan", 10, (("Angkutan barang", "49431"), ("Pergudangan", "52101")), 35),
    ("Konstruksi", 8, (("Konstruksi gedung", "41011"), ("Instalasi listrik", "43211")), 25),
    ("Akomodasi dan makan minum", 8, (("Restoran", "56101"), ("Hotel", "55110")), 22),
    ("Kesehatan", 5, (("Klinik", "86105"), ("Apotek", "47722")), 30),
    ("Pendidikan", 4, (("Kursus", "85495"), ("Taman kanak-kanak", "85131")), 18),
    ("Keuangan", 3, (("Koperasi simpan pinjam", "64141"),), 16),
    ("Jasa profesional", 4, (("Konsultan manajemen", "70209"),), 12),
    ("Penunjang usaha", 4, (("Jasa kebersihan", "81210"), ("Jasa keamanan", "80100")), 80),
    ("Informasi dan komunikasi", 3, (("Pengembangan aplikasi", "62019"),), 12),
)
_FIRST = (
    *("Adiwarna", "Anjani", "Baruna", "Bayumas", "Candraka", "Danarta", "Ekalaya", "Gayatri", "Hastina", "Indraloka"),
    *("Jatayu", "Kalimasada", "Kencana", "Langgeng", "Mahameru", "Nawasena", "Nirwana", "Ogan", "Padmasari", "Puspita"),
    *("Ranggawuni", "Samaratungga", "Sekarwangi", "Sinarmulya", "Tambora", "Trisula", "Udayana", "Wanasari", "Widuri"),
    *("Yudistira", "Zamrud", "Mutiara", "Permata", "Rinjani", "Semeru"),
)
_SECOND = (
    *("Abadi", "Agung", "Baja", "Busana", "Citra", "Daya", "Elok", "Farma", "Graha", "Harapan", "Indah", "Jasa"),
    *("Karsa", "Lintas", "Makmur", "Niaga", "Optima", "Pangan", "Raya", "Sarana", "Teknik", "Utama", "Wahana"),
)
_STREETS = ("Jl. Contoh Raya", "Jl. Melati Contoh", "Jl. Industri Contoh", "Jl. Pasar Contoh", "Jl. Kenanga Contoh")


def companies(count: int = ALL_COMPANIES) -> Iterator[tuple[Any, ...]]:
    """Rows in the order of `HEADINGS`. Numbers begin with zeros as no real one does."""
    dice = random.Random(2203)
    names = [f"{first} {second} Contoh" for first in _FIRST for second in _SECOND]
    dice.shuffle(names)
    for number in range(1, count + 1):
        base = names[(number - 1) % len(names)]
        round_ = (number - 1) // len(names)
        form = dice.choices(("PT", "CV", "UD"), (78, 17, 5))[0]
        name = f"{form} {base}" + ("" if not round_ else f" {_ROMAN[round_]}")
        place, _share, kelurahans = dice.choices(PLACES, [each[1] for each in PLACES])[0]
        sector, _share, trades, usual = dice.choices(SECTORS, [each[1] for each in SECTORS])[0]
        business, kbli = dice.choice(trades)
        workers = max(1, round(usual * dice.lognormvariate(-0.4, 1.1)))
        workers = min(workers, 4_000)
        women = round(workers * dice.uniform(0.15, 0.7))
        yield (
            number,
            name,
            f"00000002{number:05d}" if dice.random() < 0.86 else "",
            f"0000000002{number:06d}" if dice.random() < 0.7 else "",
            f"{dice.choice(_STREETS)} No. {dice.randint(1, 250)}",
            dice.choice(kelurahans),
            place,
            sector,
            kbli if dice.random() < 0.8 else "",
            business,
            workers,
            workers - women,
            women,
            f"(021) 0000-2{number:04d}" if dice.random() < 0.6 else "",
            f"hrd{number}@sensus.example" if dice.random() < 0.45 else "",
        )


_ROMAN = ("", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh")


def workbook(rows: Any, headings: tuple[str, ...] = HEADINGS, title: str = "") -> bytes:
    """A workbook as an office makes it: a title above, then headings and rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    if title:
        sheet.append([title])
        sheet.append([])
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
