"""Calm flat pictures for the demo site, drawn here so that nothing is borrowed and nothing has to be stored.

Each scene is a function that draws on a `Board` of 1280 x 720 units. No text is drawn: what a picture shows is told by
its description, which load_demo stores with it.
"""

from collections.abc import Callable
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1280, 720
#: Drawn larger and scaled down, because Pillow's shapes have hard edges.
SCALE = 2

MIST, PALE, SOFT, MID, DEEP, NIGHT = "#e5f1ef", "#cfe5e1", "#9fcac3", "#3d8f87", "#0c5c57", "#083b38"
SAND, CREAM, AMBER, GOLD, WHITE, GREY = "#f1e6d0", "#fbf6ea", "#e0a23c", "#f0c67a", "#ffffff", "#d3dddd"
SKIN = ("#c98f63", "#8d5a3c", "#e0b48c", "#a76f4a")

Point = tuple[float, float]


class Board:
    """A drawing surface in units of the finished picture."""

    def __init__(self, background: str = MIST) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), background)
        self.pen = ImageDraw.Draw(self.image)

    def box(self, x: float, y: float, w: float, h: float, fill: str, radius: float = 0, line: str = "") -> None:
        self.pen.rounded_rectangle(
            [x * SCALE, y * SCALE, (x + w) * SCALE, (y + h) * SCALE],
            radius * SCALE,
            fill,
            line or None,
            4 * SCALE if line else 1,
        )

    def disc(self, x: float, y: float, r: float, fill: str) -> None:
        self.pen.ellipse([(x - r) * SCALE, (y - r) * SCALE, (x + r) * SCALE, (y + r) * SCALE], fill)

    def ring(self, x: float, y: float, r: float, fill: str, width: float) -> None:
        self.pen.ellipse(
            [(x - r) * SCALE, (y - r) * SCALE, (x + r) * SCALE, (y + r) * SCALE], None, fill, int(width * SCALE)
        )

    def shape(self, points: list[Point], fill: str) -> None:
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill)

    def line(self, points: list[Point], fill: str, width: float) -> None:
        self.pen.line([(x * SCALE, y * SCALE) for x, y in points], fill, int(width * SCALE), joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, fill)

    def rows(self, x: float, y: float, widths: list[float], fill: str = GREY, gap: float = 34) -> None:
        """Lines of writing that cannot be read."""
        for number, width in enumerate(widths):
            self.box(x, y + number * gap, width, 14, fill, 7)

    def paper(self, x: float, y: float, w: float, h: float, rows: int = 6) -> None:
        """A sheet with a heading and lines."""
        self.box(x + 10, y + 14, w, h, SOFT, 14)
        self.box(x, y, w, h, WHITE, 14)
        self.box(x + 34, y + 38, w * 0.5, 20, DEEP, 10)
        self.rows(x + 34, y + 88, [(w - 68) * (1 if n % 3 else 0.8) for n in range(rows)])

    def tick(self, x: float, y: float, r: float, fill: str = DEEP) -> None:
        """A round seal with a tick."""
        self.disc(x, y, r, fill)
        self.line(
            [(x - r * 0.42, y + r * 0.02), (x - r * 0.1, y + r * 0.36), (x + r * 0.46, y - r * 0.34)], WHITE, r * 0.2
        )

    def person(self, x: float, y: float, size: float, coat: str, tone: int) -> None:
        """Head and shoulders, seen from the front; y is the lower edge."""
        self.pen.pieslice(
            [(x - size) * SCALE, (y - size * 1.15) * SCALE, (x + size) * SCALE, (y + size * 1.15) * SCALE],
            180,
            360,
            coat,
        )
        self.box(x - size * 0.18, y - size * 1.45, size * 0.36, size * 0.5, SKIN[tone % 4], size * 0.1)
        self.disc(x, y - size * 1.62, size * 0.46, SKIN[tone % 4])
        self.pen.pieslice(
            [(x - size * 0.5) * SCALE, (y - size * 2.15) * SCALE, (x + size * 0.5) * SCALE, (y - size * 1.2) * SCALE],
            180,
            360,
            NIGHT,
        )

    def hills(self) -> None:
        """A quiet ground to stand on."""
        self.pen.ellipse([-200 * SCALE, 560 * SCALE, 820 * SCALE, 1100 * SCALE], PALE)
        self.pen.ellipse([520 * SCALE, 590 * SCALE, 1540 * SCALE, 1120 * SCALE], SOFT)

    def png(self) -> bytes:
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        buffer = BytesIO()
        small.quantize(128, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
        return buffer.getvalue()


def front(board: Board) -> None:
    board.disc(1010, 170, 90, GOLD)
    for x, top, w, tone in ((60, 330, 130, PALE), (200, 240, 110, SOFT), (980, 300, 150, SOFT), (1120, 380, 110, PALE)):
        board.box(x, top, w, 400, tone)
        for row in range(5):
            for column in range(3):
                board.box(x + 18 + column * (w - 30) / 3, top + 26 + row * 56, 18, 26, MIST, 3)
    board.hills()
    board.shape([(330, 330), (640, 180), (950, 330)], DEEP)
    board.box(360, 330, 560, 40, NIGHT)
    for column in range(6):
        board.box(392 + column * 88, 370, 44, 210, WHITE)
    board.box(370, 370, 540, 210, CREAM)
    for column in range(6):
        board.box(392 + column * 92, 370, 40, 210, WHITE)
    board.box(590, 430, 100, 150, MID, 10)
    board.box(330, 580, 620, 26, NIGHT, 4)
    board.box(300, 606, 680, 30, DEEP, 4)
    board.paper(800, 380, 230, 290, 4)
    board.tick(1030, 640, 62, AMBER)
    board.person(120, 690, 66, AMBER, 0)
    board.person(236, 700, 70, DEEP, 2)


def form(board: Board) -> None:
    board.disc(1080, 160, 220, PALE)
    board.box(250, 120, 780, 460, NIGHT, 24)
    board.box(276, 146, 728, 400, WHITE, 8)
    board.box(276, 146, 728, 54, DEEP, 8)
    for number in range(3):
        board.box(330, 236 + number * 84, 150, 14, SOFT, 7)
        board.box(330, 258 + number * 84, 420, 40, MIST, 8, SOFT)
    board.box(810, 236, 140, 140, MIST, 12)
    board.person(880, 376, 44, AMBER, 1)
    board.box(330, 484, 190, 40, AMBER, 20)
    board.box(170, 580, 940, 34, SOFT, 16)
    board.tick(1010, 540, 70)


def documents(board: Board) -> None:
    board.disc(1040, 580, 240, PALE)
    board.paper(250, 150, 300, 400, 7)
    board.paper(390, 120, 300, 420, 8)
    board.box(740, 250, 300, 260, WHITE, 20, SOFT)
    board.line([(890, 450), (890, 320)], DEEP, 26)
    board.shape([(820, 350), (890, 262), (960, 350)], DEEP)
    board.box(700, 560, 380, 26, GREY, 13)
    board.box(700, 560, 250, 26, AMBER, 13)


def review(board: Board) -> None:
    board.disc(180, 180, 200, PALE)
    board.paper(220, 130, 330, 440, 9)
    board.paper(640, 130, 330, 440, 9)
    board.box(254, 286, 262, 48, GOLD, 8)
    board.box(674, 286, 262, 48, SOFT, 8)
    board.line([(566, 350), (616, 350)], DEEP, 14)
    board.shape([(604, 322), (640, 350), (604, 378)], DEEP)
    board.line([(1010, 520), (1110, 620)], NIGHT, 34)
    board.disc(950, 450, 104, NIGHT)
    board.disc(950, 450, 80, MIST)
    board.line([(912, 452), (940, 482), (992, 418)], DEEP, 18)


def meeting(board: Board) -> None:
    board.box(390, 70, 500, 270, WHITE, 16, SOFT)
    board.box(440, 120, 200, 22, DEEP, 11)
    board.rows(440, 176, [380, 320, 360])
    for x, coat, tone in ((220, DEEP, 0), (470, AMBER, 1), (730, MID, 2), (990, NIGHT, 3)):
        board.person(x, 560, 88, coat, tone)
    board.box(90, 540, 1100, 60, SAND, 18)
    board.box(90, 590, 1100, 130, GOLD)
    for x in (200, 450, 710, 960):
        board.box(x, 548, 90, 20, WHITE, 4)


def calendar(board: Board) -> None:
    board.disc(230, 560, 240, PALE)
    board.box(370, 140, 540, 460, WHITE, 24)
    board.box(370, 140, 540, 110, DEEP, 24)
    board.box(370, 210, 540, 40, DEEP)
    for x in (480, 640, 800):
        board.box(x - 12, 100, 24, 80, NIGHT, 12)
    for row in range(4):
        for column in range(6):
            tone = AMBER if (row, column) == (2, 3) else (SOFT if column == 5 else MIST)
            board.box(404 + column * 80, 280 + row * 76, 60, 56, tone, 10)
    board.ring(990, 500, 116, NIGHT, 20)
    board.disc(990, 500, 98, WHITE)
    board.line([(990, 430), (990, 500), (1040, 530)], DEEP, 16)


def loudspeaker(board: Board) -> None:
    board.disc(260, 200, 210, PALE)
    board.shape([(430, 300), (800, 150), (800, 570), (430, 430)], DEEP)
    board.box(330, 290, 150, 150, MID, 30)
    board.box(420, 420, 70, 160, NIGHT, 20)
    board.box(780, 130, 44, 460, AMBER, 22)
    for reach in (0, 80, 160):
        board.pen.arc(
            [(760 - reach) * SCALE, (260 - reach) * SCALE, (960 + reach) * SCALE, (460 + reach) * SCALE],
            -38,
            38,
            SOFT,
            20 * SCALE,
        )


def agreement(board: Board) -> None:
    board.disc(1060, 180, 200, GOLD)
    board.hills()
    board.person(340, 660, 150, DEEP, 0)
    board.person(940, 660, 150, AMBER, 2)
    board.paper(510, 250, 260, 350, 6)
    board.line([(545, 560), (590, 540), (610, 564), (650, 536)], DEEP, 8)
    board.tick(750, 590, 50, MID)


def law(board: Board) -> None:
    board.disc(240, 540, 250, PALE)
    for number, (tone, w) in enumerate(((DEEP, 520), (AMBER, 480), (MID, 540))):
        board.box(640 - w / 2, 470 + number * 64, w, 56, tone, 10)
        board.box(640 - w / 2 + 40, 488 + number * 64, 60, 20, WHITE, 6)
    board.line([(640, 130), (640, 440)], NIGHT, 20)
    board.line([(400, 190), (880, 190)], NIGHT, 18)
    board.disc(640, 130, 26, AMBER)
    board.box(540, 430, 200, 34, NIGHT, 12)
    for x in (400, 880):
        board.line([(x, 190), (x - 80, 330)], SOFT, 6)
        board.line([(x, 190), (x + 80, 330)], SOFT, 6)
        board.pen.pieslice([(x - 100) * SCALE, 250 * SCALE, (x + 100) * SCALE, 410 * SCALE], 0, 180, DEEP)


def counter(board: Board) -> None:
    board.box(120, 110, 420, 240, WHITE, 16)
    board.rows(160, 160, [300, 340, 260, 320])
    board.disc(1060, 200, 150, PALE)
    board.person(470, 560, 110, DEEP, 1)
    board.person(860, 560, 110, AMBER, 3)
    board.box(80, 520, 1120, 50, SAND, 12)
    board.box(110, 566, 1060, 160, MID)
    board.box(600, 420, 150, 110, NIGHT, 12)
    board.box(614, 434, 122, 74, MIST, 4)


#: Name of the scene, how it is drawn, its title and description as stored with the picture.
SCENES: dict[str, tuple[Callable[[Board], None], str, str]] = {
    "front": (
        front,
        "Kantor layanan",
        "Gambar kantor dinas dengan dua orang di depannya dan selembar surat bertanda centang.",
    ),
    "form": (form, "Formulir daring", "Gambar laptop yang menampilkan formulir isian dengan tanda centang."),
    "documents": (
        documents,
        "Unggah dokumen",
        "Gambar tumpukan dokumen, anak panah ke atas, dan garis kemajuan unggahan.",
    ),
    "review": (
        review,
        "Dua versi naskah",
        "Gambar dua lembar naskah berdampingan dengan bagian yang ditandai dan kaca pembesar.",
    ),
    "meeting": (meeting, "Pertemuan", "Gambar empat orang duduk di meja rapat di depan papan presentasi."),
    "calendar": (calendar, "Kalender", "Gambar kalender dengan satu tanggal berwarna kuning dan sebuah jam."),
    "loudspeaker": (loudspeaker, "Pengumuman", "Gambar pengeras suara berwarna hijau."),
    "agreement": (
        agreement,
        "Kesepakatan",
        "Gambar wakil pekerja dan wakil perusahaan di kiri dan kanan sebuah perjanjian.",
    ),
    "law": (law, "Dasar hukum", "Gambar neraca di atas tumpukan tiga buku hukum."),
    "counter": (counter, "Loket layanan", "Gambar petugas dan pengunjung di loket layanan."),
}


@cache
def draw(scene: str) -> bytes:
    """The picture of a scene as PNG. Drawn once per process: it takes a while and never differs."""
    board = Board()
    SCENES[scene][0](board)
    return board.png()
