"""Takes the pictures of real screens that the demo's guides show, from a running demo: `make screens`.

    python tests/tools/take_screens.py http://127.0.0.1:8000 home/demo_shots

The demo must be fresh: what somebody did with it would be seen. It shows no personal data, because it has none. Each
picture is the beginning of a page, or of a part of it, as wide as a small window, and weighs less than `MOST_BYTES`.
"""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.tools.browser import ARGUMENTS, find_chromium

PASSWORD = "contoh-psk-2026"
#: Width of the window for the public and at a desk in CSS pixels; pixels of the picture for each; heaviest file.
WIDTH, DESK, SCALE, MOST_BYTES = 720, 1100, 1.5, 60_000
#: What would be different on the office's own site, or distracts from the step.
HIDDEN = ".preview-bar, [data-psk-saved] { display: none !important }"

#: Many a Chromium has English words only. What it draws by itself, here as its Indonesian edition draws it.
BROWSER_WORDS = """
for (const box of document.querySelectorAll('input[type=date]')) {
  const [year, month, day] = box.value.split('-');
  box.type = 'text';
  box.value = day ? `${day}/${month}/${year}` : 'hh/bb/tttt';
}
for (const box of document.querySelectorAll('input[type=file]')) {
  const button = getComputedStyle(box, '::file-selector-button');
  const copy = document.createElement('span');
  const words = document.createElement('span');
  copy.style.cssText = getComputedStyle(box).cssText;
  for (const name of ['background', 'border', 'borderRadius', 'padding', 'font', 'color'])
    words.style[name] = button[name];
  words.style.marginInlineEnd = '12px';
  words.textContent = 'Pilih File';
  copy.append(words, 'Tidak ada file yang dipilih');
  box.replaceWith(copy);
}
"""


@dataclass(frozen=True)
class Shot:
    """`go` opens the screen; the picture begins a little above `at` and is `height` CSS pixels high."""

    name: str
    who: str
    go: Callable[[Page], None]
    at: str = ""
    height: int = 460
    width: int = WIDTH


def path(address: str) -> Callable[[Page], None]:
    return lambda page: _open(page, address)


def through(address: str, *links: str) -> Callable[[Page], None]:
    """Open an address, then follow the first link that fits each selector."""

    def go(page: Page) -> None:
        _open(page, address)
        for link in links:
            _open(page, page.locator(link).first.get_attribute("href"))

    return go


def _open(page: Page, address: str) -> None:
    answer = page.goto(address)
    if answer is not None and answer.status >= 400:  # None: only the part of the page changed
        raise SystemExit(f"{address}: {answer.status}")


#: Applications of a fresh demo: in correction, returned, decided, a PKB that waits for its union.
RUNNING, RETURNED, DECIDED, PKB = "PSK-2026-00005", "PSK-2026-00012", "PSK-2024-00003", "PSK-2026-00011"
MINE, DRAFT = "/psk/permohonan/", "main a[href*='/permohonan/draf/']"
STEP = ".psk-steps li:nth-child({}) a"
SHOTS = (
    Shot("shot-signup", "", path("/akun/signup/"), "h1", 680),
    Shot("shot-service", "", path("/layanan/pengesahan-pp/"), "h1", 640),
    Shot("shot-check", "", path("/psk/verifikasi/"), "h1", 400),
    Shot("shot-company", "pemohon", path("/psk/perusahaan/baru/"), "h1", 640),
    Shot("shot-status", "pemohon", path(f"{MINE}{RUNNING}/"), "h1", 640),
    Shot("shot-verify", "pemohon", through(f"{MINE}{DECIDED}/", "main a[href*='/verifikasi/']"), "h1", 620),
    Shot("shot-next", "pemohon", through("/psk/peraturan/", "main a[href$='/lanjut/']"), "h1", 720),
    Shot("shot-form", "pemohon2", through(MINE, DRAFT, STEP.format(2)), "main h2", 620),
    Shot("shot-documents", "pemohon2", through(MINE, DRAFT, STEP.format(3)), "main h2", 640),
    Shot("shot-mine", "pemohon2", path(MINE), "h1", 420),
    Shot("shot-notes", "pemohon2", path(f"{MINE}{RETURNED}/"), "main .psk-card--attention", 520),
    Shot("shot-repair", "pemohon2", path(f"{MINE}{RETURNED}/perbaikan/"), "main form", 520),
    Shot("shot-union", "pemohon2", path(f"{MINE}{PKB}/"), "#serikat, main h2:has-text('Konfirmasi')", 300),
    Shot("shot-inbox", "korektor", path("/admin/psk/kotak-masuk/"), "", 620, DESK),
    Shot(
        "shot-desk",
        "korektor",
        through("/admin/psk/kotak-masuk/", "main td a[href*='/psk/permohonan/']"),
        "",
        720,
        DESK,
    ),
)


def sign_in(page: Page, name: str) -> None:
    _open(page, "/akun/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    page.locator("form:has([name=password]) button[type=submit]").click()
    page.wait_for_url(lambda url: "/login" not in url)


def take(page: Page, shot: Shot) -> bytes:
    """The picture as WebP."""
    page.set_viewport_size({"width": shot.width, "height": shot.height})
    shot.go(page)
    page.add_style_tag(content=HIDDEN)
    if shot.at:
        page.locator(shot.at).first.evaluate(
            "(e) => scrollBy({top: e.getBoundingClientRect().top - 12, behavior: 'instant'})"
        )
    page.evaluate("document.activeElement?.blur()")
    if shot.width == WIDTH:
        page.evaluate(BROWSER_WORDS)
    page.wait_for_timeout(300)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    for quality in range(82, 40, -6):
        data = io.BytesIO()
        picture.save(data, "WEBP", quality=quality, method=6)
        if data.tell() < MOST_BYTES:
            return data.getvalue()
    raise SystemExit(f"{shot.name}: more than {MOST_BYTES} bytes")


def main(base: str, folder: Path, wanted: list[str]) -> None:
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        for who in dict.fromkeys(shot.who for shot in SHOTS):
            context = browser.new_context(
                base_url=base,
                locale="id-ID",
                timezone_id="Asia/Jakarta",
                device_scale_factor=SCALE,
                reduced_motion="reduce",
            )
            page = context.new_page()
            if who:
                sign_in(page, who)
            for shot in SHOTS:
                if shot.who == who and (not wanted or shot.name in wanted):
                    data = take(page, shot)
                    (folder / f"{shot.name}.webp").write_bytes(data)
                    print(f"{shot.name}.webp {len(data):,}")
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
