"""The other papers of an application: laid out once from a small source, written as PDF or as a phone photo.

The source: `= TITLE`, `label :: value`, `| a | b |` table row, `!kop` letterhead, `!right text`,
`!card TITLE` frame around the following fields, `!box TEXT`, `!sign party | name | position | extra` with
extra = meterai, stamp or nothing; any other line is a paragraph. `{name}` and the like are filled in from
the company.
"""

import functools
import importlib.util
import math
import random
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

INK, BLUE, PURPLE, RED = "#111111", "#1c3391", "#5b3a94", "#a11d2b"
LEFT, RIGHT = 25 * mm, A4[0] - 25 * mm

_FONTS = {"Serif": "Regular", "Serif-Bold": "Bold", "Serif-It": "It"}


@functools.cache
def _font_file(name: str) -> str:
    package = importlib.util.find_spec("font_source_serif_pro")
    return str(Path(package.origin).parent / "files" / f"SourceSerifPro-{_FONTS[name]}.ttf")


@functools.cache
def _face(name: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_font_file(name), size)


def register_fonts() -> None:
    """Make the serif family known to reportlab; calling again does nothing."""
    for name in _FONTS:
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, _font_file(name)))
    pdfmetrics.registerFontFamily("Serif", "Serif", "Serif-Bold", "Serif-It", "Serif-Bold")


def full_address(company: dict) -> str:
    return (
        f"{company['address']}, Kel. {company['kelurahan']}, Kec. {company['kecamatan_label']}, "
        f"Kota Bekasi {company['postcode']}"
    )


@dataclass
class Ops:
    """Drawing steps in points from the top left corner, for a PDF canvas or a picture."""

    steps: list[tuple] = field(default_factory=list)

    def text(self, x: float, y: float, words: str, font="Serif", size=11.0, align="left", colour=INK) -> None:
        """Write one line with its baseline at `y`."""
        width = pdfmetrics.stringWidth(words, font, size)
        x -= {"left": 0, "centre": width / 2, "right": width}[align]
        self.steps.append(("text", x, y, words, font, size, colour))

    def line(self, points: list[tuple[float, float]], width=0.7, colour=INK) -> None:
        self.steps.append(("line", points, width, colour))

    def rect(self, x: float, y: float, width: float, height: float, colour=INK, fill=None) -> None:
        self.steps.append(("rect", x, y, width, height, colour, fill))

    def to_pdf(self, canvas: Canvas, height: float) -> None:
        """Draw on `canvas`, whose origin lies `height` points below ours."""
        for kind, *step in self.steps:
            if kind == "text":
                x, y, words, font, size, colour = step
                canvas.setFillColor(colour)
                canvas.setFont(font, size)
                canvas.drawString(x, height - y, words)
            elif kind == "line":
                points, width, colour = step
                canvas.setStrokeColor(colour)
                canvas.setLineWidth(width)
                path = canvas.beginPath()
                path.moveTo(points[0][0], height - points[0][1])
                for x, y in points[1:]:
                    path.lineTo(x, height - y)
                canvas.drawPath(path)
            else:
                x, y, w, h, colour, fill = step
                canvas.setStrokeColor(colour)
                canvas.setLineWidth(0.7)
                canvas.setFillColor(fill or "#ffffff")
                canvas.rect(x, height - y - h, w, h, fill=int(bool(fill)))

    def to_image(self, scale: float) -> Image.Image:
        """An A4 page of `scale` pixels a point."""
        image = Image.new("RGB", (round(A4[0] * scale), round(A4[1] * scale)), "#fbfaf5")
        draw = ImageDraw.Draw(image)
        for kind, *step in self.steps:
            if kind == "text":
                x, y, words, font, size, colour = step
                face = _face(font, size * scale)
                draw.text((x * scale, y * scale), words, colour, face, anchor="ls")
            elif kind == "line":
                points, width, colour = step
                draw.line([(x * scale, y * scale) for x, y in points], colour, max(1, round(width * scale)), "curve")
            else:
                x, y, w, h, colour, fill = step
                draw.rectangle([x * scale, y * scale, (x + w) * scale, (y + h) * scale], fill, colour, 2)
        return image


def signature(ops: Ops, x: float, y: float, party: str, name: str, position: str, signed=True, stamp=False) -> None:
    """A signature block 60 mm high: party, scribble, perhaps a stamp, name, position."""
    ops.text(x, y + 12, party, "Serif-Bold")
    if stamp and signed:
        _stamp(ops, x + 20 * mm, y + 32 * mm, party)
    if signed:
        _scribble(ops, x + 8 * mm, y + 29 * mm, name)
    ops.text(x, y + 50 * mm, name, "Serif-Bold" if signed else "Serif")
    ops.text(x, y + 55 * mm, position)


def _scribble(ops: Ops, x: float, y: float, seed: str) -> None:
    """A made-up signature: a tall first letter, smaller waves, a tail, drawn as one smooth stroke."""
    dice = random.Random(seed)
    knots, at = [(x + 4, y + 10)], x
    for number in range(dice.randint(9, 12)):
        at += dice.uniform(-7, 6) if number in (1, 2) else dice.uniform(6, 15)
        height = (24 if number < 3 else dice.uniform(4, 13)) * (-1 if number % 2 == 0 else 0.7)
        knots.append((at, y + height))
    knots += [(at + 26, y - 4), (at + 44, y - 9)]
    stroke = []
    for before, start, end, after in zip(knots, knots[1:], knots[2:], knots[3:], strict=False):
        for step in range(12):
            t = step / 12
            weights = (
                (-t + 2 * t * t - t**3) / 2,
                (2 - 5 * t * t + 3 * t**3) / 2,
                (t + 4 * t * t - 3 * t**3) / 2,
                (t**3 - t * t) / 2,
            )
            near = (before, start, end, after)
            stroke.append(tuple(sum(w * knot[axis] for w, knot in zip(weights, near, strict=True)) for axis in (0, 1)))
    ops.line(stroke, 1.2, BLUE)
    ops.line([(x + 2, y + 22), (at, y + dice.uniform(14, 20))], 1, BLUE)


def _stamp(ops: Ops, x: float, y: float, party: str) -> None:
    for radius in (42, 38):
        ring = [(x + radius * math.cos(a / 36 * math.pi), y + radius * math.sin(a / 36 * math.pi)) for a in range(73)]
        ops.line(ring, 1.2 if radius == 42 else 0.6, PURPLE)
    words = party.replace("PT ", "").split()
    for number, word in enumerate(["CONTOH", *words][:4]):
        ops.text(x, y - 15 + 12 * number, word, "Serif-Bold", 9, "centre", PURPLE)


def _meterai(ops: Ops, x: float, y: float) -> None:
    ops.rect(x, y, 22 * mm, 27 * mm, RED, "#f6dfe2")
    rows = (("METERAI", 8), ("TEMPEL", 8), ("10000", 14), ("CONTOH", 9))
    for number, (words, size) in enumerate(rows):
        ops.text(x + 11 * mm, y + 16 + 17 * number, words, "Serif-Bold", size, "centre", RED)


def _wrap(words: str, width: float, font="Serif", size=11.0) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and pdfmetrics.stringWidth(longer, font, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def lay_out(source: str, values: dict) -> Ops:
    """The page of a paper. Raises `ValueError` when it does not fit on one."""
    register_fonts()
    ops, y = Ops(), 25 * mm
    rows: list[list[str]] = []
    card: float | None = None
    for raw in [*source.format_map(values).splitlines(), ""]:
        if raw.startswith("|"):
            rows.append([cell.strip() for cell in raw.strip().strip("|").split("|")])
            continue
        if rows:
            y, rows = _draw_table(ops, y, rows) + 14, []
        mark, _space, rest = raw.partition(" ")
        if not raw and card is not None:
            ops.rect(LEFT, card, RIGHT - LEFT, y - card + 6, BLUE)
            card = None
            y += 26
        elif not raw:
            y += 8
        elif mark == "!kop":
            y = _letterhead(ops, y, values)
        elif mark == "=":
            y += 17
            ops.text(A4[0] / 2, y, rest, "Serif-Bold", 13, "centre")
            y += 6
        elif mark == "!right":
            y += 15
            ops.text(RIGHT - 62 * mm, y, rest)
            y += 10
        elif mark == "!card":
            card = y + 6
            ops.text(A4[0] / 2, y + 24, rest, "Serif-Bold", 12, "centre", BLUE)
            y += 34
        elif mark == "!box":
            y += 14
            ops.rect(LEFT, y, RIGHT - LEFT, 26, RED)
            ops.text(A4[0] / 2, y + 17, rest, "Serif-Bold", 12, "centre", RED)
            y += 40
        elif mark == "!sign":
            party, name, position, extra = [part.strip() for part in rest.split("|")]
            if extra == "meterai":  # first: the signature runs across it
                _meterai(ops, RIGHT - 74 * mm, y + 15 * mm)
            signature(ops, RIGHT - 62 * mm, y, party, name, position, stamp=extra == "stamp")
            y += 60 * mm
        elif " :: " in raw:
            label, value = raw.split(" :: ", 1)
            inset = 10 if card is not None else 0
            ops.text(LEFT + inset, y + 14, label)
            for number, line in enumerate(_wrap(f"{value}", RIGHT - LEFT - 150 - inset)):
                ops.text(LEFT + 138, y + 14, ":" if number == 0 else "")
                ops.text(LEFT + 146, y + 14, line)
                y += 15.5
            y += 1
        else:
            for line in _wrap(raw, RIGHT - LEFT):
                ops.text(LEFT, y + 14, line)
                y += 15.5
            y += 4
    if y > A4[1] - 12 * mm:
        raise ValueError(f"The paper does not fit on its page: {y:.0f} points.")
    ops.text(A4[0] / 2, A4[1] - 10 * mm, "Dokumen contoh; perusahaan dan orang rekaan.", "Serif-It", 8, "centre")
    return ops


def _letterhead(ops: Ops, y: float, values: dict) -> float:
    ops.text(A4[0] / 2, y + 4, values["letterhead"].upper(), "Serif-Bold", 15, "centre", BLUE)
    ops.text(A4[0] / 2, y + 19, values["full_address"], size=9.5, align="centre")
    ops.text(A4[0] / 2, y + 31, f"Telepon {values['phone']}  -  {values['email']}", size=9.5, align="centre")
    ops.line([(LEFT, y + 39), (RIGHT, y + 39)], 1.6)
    ops.line([(LEFT, y + 42), (RIGHT, y + 42)], 0.5)
    return y + 52


def _draw_table(ops: Ops, y: float, rows: list[list[str]]) -> float:
    longest = [max(len(row[i]) for row in rows) ** 0.7 + 1.5 for i in range(len(rows[0]))]
    widths = [(RIGHT - LEFT) * share / sum(longest) for share in longest]
    y += 6
    for number, row in enumerate(rows):
        font = "Serif" if number else "Serif-Bold"
        cells = [_wrap(cell, width - 8, font, 10) for cell, width in zip(row, widths, strict=True)]
        height = max(map(len, cells)) * 13 + 6
        x = LEFT
        for lines, width in zip(cells, widths, strict=True):
            ops.rect(x, y, width, height, "#444444", None if number else "#ebebeb")
            for at, line in enumerate(lines):
                ops.text(x + 4, y + 13 + 13 * at, line, font, 10)
            x += width
        y += height
    return y


def save_pdf(ops: Ops, title: str, target: Path) -> None:
    canvas = Canvas(str(target), pagesize=A4, invariant=1, lang="id")
    canvas.setTitle(title)
    canvas.setAuthor("Contoh")
    ops.to_pdf(canvas, A4[1])
    canvas.showPage()
    canvas.save()


def save_photo(ops: Ops, seed: int, target: Path) -> None:
    """The page as a phone camera sees it on a desk: aslant, unevenly lit, noisy, with somebody's shadow."""
    dice = random.Random(seed)
    page = ops.to_image(2.1)
    size = (1500, 2000)
    desk = Image.new("RGB", size, dice.choice(["#8a6f54", "#6f7a80", "#9a8b78", "#5c6660"]))
    grain = Image.frombytes("L", (75, 2000), dice.randbytes(75 * 2000)).resize(size).point(lambda v: 225 + v // 8)
    desk = ImageChops.multiply(desk, Image.merge("RGB", [grain] * 3))
    left, top = (size[0] - page.width) // 2, (size[1] - page.height) // 2
    shade = Image.new("L", size, 255)
    ImageDraw.Draw(shade).rectangle([left + 8, top + 10, left + page.width + 14, top + page.height + 16], 110)
    shade = shade.filter(ImageFilter.BoxBlur(9))
    desk = ImageChops.multiply(desk, Image.merge("RGB", [shade] * 3))
    desk.paste(page, (left, top))
    # Looking from below and a little turned: the corners of the picture come from a trapezium of the desk.
    tilt, turn = dice.uniform(20, 46), math.radians(dice.uniform(-2.2, 2.2))
    corners = []
    for x, y in ((tilt, 20), (0, 1990), (1500, 1990), (1500 - tilt, 20)):
        x, y = (x - 750) * 0.96, (y - 1000) * 0.96
        corners += [
            750 + x * math.cos(turn) - y * math.sin(turn),
            1000 + x * math.sin(turn) + y * math.cos(turn),
        ]
    desk = desk.transform(size, Image.Transform.QUAD, corners, Image.Resampling.BILINEAR)
    light = Image.linear_gradient("L").rotate(dice.choice([25, 65, 115, 155, -40]), expand=False, fillcolor=128)
    light = light.crop((48, 48, 208, 208)).resize(size, Image.Resampling.BICUBIC).point(lambda v: 168 + v * 87 // 255)
    shadow = Image.new("L", (150, 200), 255)
    x = dice.randint(30, 100)
    ImageDraw.Draw(shadow).polygon([(x, 200), (x + 13, 150), (x + 42, 144), (x + 64, 200)], 165)
    shadow = shadow.filter(ImageFilter.GaussianBlur(6)).resize(size, Image.Resampling.BICUBIC)
    for layer in (light, shadow):
        desk = ImageChops.multiply(desk, Image.merge("RGB", [layer] * 3))
    noise = Image.merge("RGB", [_noise(dice, size) for _channel in range(3)])
    desk = ImageChops.add(desk, noise, 1, -8)
    warm = Image.new("RGB", size, dice.choice(["#fff3df", "#f2f4ff", "#fffaf0"]))
    ImageChops.multiply(desk, warm).save(target, "JPEG", quality=72)


def _noise(dice: random.Random, size: tuple[int, int]) -> Image.Image:
    """Grain of 0 to 16; a quarter-size field laid out four times keeps it quick."""
    half = (size[0] // 2, size[1] // 2)
    grain = Image.frombytes("L", half, dice.randbytes(half[0] * half[1])).point(lambda value: value // 16)
    field_ = Image.new("L", size)
    for x in (0, half[0]):
        for y in (0, half[1]):
            field_.paste(grain, (x, y))
    return field_
