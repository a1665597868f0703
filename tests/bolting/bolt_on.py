"""Puts the plugin into a site it has never seen, by the lines of the README chapter and nothing else, and takes it out.

    python -m tests.bolting.bolt_on start     a site made by `wagtail start`
    python -m tests.bolting.bolt_on kantor    e-mail user model, other template blocks, other menu, admin elsewhere

The lines are read out of README.md by their markers, so that chapter and test cannot drift apart. The new site has a
virtual environment of its own with the built wheel in it; what the wheel needs comes from the environment of the
caller, or, with --fresh, from the package index, the newest that the wheel allows.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv
import zipfile
from abc import ABC, abstractmethod
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).resolve().parent
SCENARIO = HERE / "scenario.py"


def readme(marker: str) -> str:
    """The code block that follows `<!-- pasang: marker -->` in the README."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- pasang: {marker} -->\n```\w+\n(.*?)```", text, re.DOTALL)
    assert found, f"README.md has no lines marked “{marker}”"
    return found.group(1)


def build_wheel(folder: Path) -> Path:
    """The plugin as a wheel, built from a clean copy."""
    source = folder / "source"
    shutil.copytree(ROOT / "psk_plugin", source / "psk_plugin", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source)
    _run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder / "dist", source], folder)
    wheel = next((folder / "dist").glob("psk_plugin-*.whl"))
    with zipfile.ZipFile(wheel) as content:
        packed = {name for name in content.namelist() if name.startswith("psk_plugin/")}
    ours = {str(path.relative_to(source)) for path in (source / "psk_plugin").rglob("*") if path.is_file()}
    # Templates, styles, catalogues and data are all there; the demo, whose passwords everybody knows, is not.
    assert packed == {name for name in ours if not name.startswith("psk_plugin/demo/")}, packed ^ ours
    return wheel


def _run(command: list, folder: Path, **environment: str) -> str:
    inherited = {
        k: v for k, v in os.environ.items() if not k.startswith(("DJANGO_", "DATABASE_", "PYTEST_", "PYTHONPATH"))
    }
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, env=inherited | environment, text=True, capture_output=True
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def _insert(path: Path, before: str, lines: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{path}: {before!r}"
    path.write_text(text.replace(before, lines + before), encoding="utf-8")


class Site(ABC):
    """A host's project in a folder of its own. Subclasses say how it is made and where its parts are."""

    #: Files that the installation touches, by what they are.
    settings: Path
    urls: Path
    base: Path
    models: Path
    #: Text before which the addresses go.
    rest_of_addresses: str
    #: Text before which the messages go, in the base template.
    content_of_base: str
    look: str

    def __init__(self, folder: Path, *, fresh: bool = False) -> None:
        self.folder, self.project = folder, folder / "situs"
        self.python = folder / "venv" / "bin" / "python"
        self.kept: dict[Path, str] = {}
        venv.create(folder / "venv", with_pip=fresh)
        self.is_fresh = fresh
        if not fresh:
            # What the plugin needs is there already, pinned; the plugin itself is not.
            place = next((folder / "venv" / "lib").glob("python*/site-packages"))
            (place / "caller.pth").write_text(sysconfig.get_paths()["purelib"])

    def pip(self, *arguments: str | Path) -> None:
        runner = [self.python] if self.is_fresh else [sys.executable, "-m", "pip", "--python", self.python]
        command = [*runner, "-m", "pip"] if self.is_fresh else runner
        _run([*command, *arguments, "--quiet", "--disable-pip-version-check"], self.folder)

    def manage(self, *arguments: str) -> str:
        return _run([self.python, "manage.py", *arguments], self.project, PYTHONDONTWRITEBYTECODE="1")

    def walk(self, part: str) -> str:
        """One part of the scenario, in the site's own process."""
        module = next(line for line in (self.project / "manage.py").read_text().splitlines() if "setdefault" in line)
        return _run(
            [self.python, SCENARIO, part],
            self.project,
            DJANGO_SETTINGS_MODULE=re.findall(r'"([^"]+)"', module)[1],
            PYTHONPATH=str(self.project),
            PYTHONDONTWRITEBYTECODE="1",
            HOST_LOOK=self.look,
        )

    @abstractmethod
    def make(self) -> None:
        """The site as it was before anybody heard of the plugin, with a page that has content."""

    def settings_lines(self) -> str:
        return readme("settings") + readme("settings-sqlite")

    def bolt_on(self) -> None:
        """The chapter's lines, each where the chapter says."""
        self.kept = {path: path.read_text() for path in (self.settings, self.urls, self.base, self.models)}
        self.settings.write_text(self.kept[self.settings] + "\n" + self.settings_lines())
        _insert(self.urls, self.rest_of_addresses, readme("urls"))
        _insert(self.base, "</head>", readme("head"))
        _insert(self.base, self.content_of_base, readme("messages"))
        self._add_blocks()
        for line in readme("commands").splitlines():
            self.manage(*line.split("#")[0].split()[2:])

    def _add_blocks(self) -> None:
        first, field = readme("blocks").strip().split("\n\n")
        assert field == "StreamField([*your_blocks, *psk_blocks()])"
        text = self.models.read_text().replace("StreamField(your_blocks", "StreamField([*your_blocks, *psk_blocks()]")
        self.models.write_text(f"{first}\n{text}")

    def take_out(self) -> None:
        """The lines are gone; the database and the package stay."""
        for path, text in self.kept.items():
            path.write_text(text)
        self.manage("makemigrations")
        self.manage("migrate")


class StartSite(Site):
    """What `wagtail start` makes, with one StreamField of the owner's."""

    rest_of_addresses = "urlpatterns = urlpatterns + ["
    content_of_base = "{% block content %}"
    look = "css/situs.css"

    def make(self) -> None:
        _run([self.python, "-m", "wagtail.bin.wagtail", "start", "situs"], self.folder)
        package = self.project / "situs"
        self.settings, self.urls = package / "settings" / "base.py", package / "urls.py"
        self.base, self.models = package / "templates" / "base.html", self.project / "home" / "models.py"
        self.models.write_text(
            "from wagtail import blocks\n"
            "from wagtail.admin.panels import FieldPanel\n"
            "from wagtail.fields import StreamField\n"
            "from wagtail.models import Page\n\n"
            'your_blocks = [("paragraph", blocks.RichTextBlock())]\n\n\n'
            "class HomePage(Page):\n"
            "    body = StreamField(your_blocks, blank=True)\n"
            '    content_panels = [*Page.content_panels, FieldPanel("body")]\n'
        )
        (self.project / "home" / "templates" / "home" / "home_page.html").write_text(
            '{% extends "base.html" %}\n{% load wagtailcore_tags %}\n'
            "{% block content %}<h1>{{ page.title }}</h1>{% include_block page.body %}{% endblock %}\n"
        )
        self.manage("makemigrations", "home")
        self.manage("migrate")


class OfficeSite(Site):
    """An office's own site: people sign in by e-mail, templates speak Indonesian, the admin is elsewhere."""

    rest_of_addresses = 'urlpatterns += [path("", include(wagtail_urls))]'
    content_of_base = "{% block isi %}"
    look = "menu-utama-kantor"

    def make(self) -> None:
        shutil.copytree(HERE / "kantor", self.project, ignore=shutil.ignore_patterns("__pycache__"))
        self.settings, self.urls = self.project / "situs" / "settings.py", self.project / "situs" / "urls.py"
        self.base, self.models = self.project / "templates" / "dasar.html", self.project / "halaman" / "models.py"
        self.manage("makemigrations", "orang", "halaman")
        self.manage("migrate")

    def settings_lines(self) -> str:
        lines = super().settings_lines().replace('"base.html"', '"dasar_psk.html"')
        return lines + readme("settings-email-user")

    def bolt_on(self) -> None:
        (self.project / "templates" / "dasar_psk.html").write_text(readme("adapter"))
        super().bolt_on()
        # Every stylesheet, script and picture that a page names is in the wheel: this storage refuses otherwise.
        self.manage("collectstatic", "--no-input")


SITES = {"start": StartSite, "kantor": OfficeSite}


def whole_story(kind: str, folder: Path, *, fresh: bool = False) -> None:
    """Make, bolt on, work, take out, uninstall. Raises `AssertionError` with the output of the step that fails."""
    site = SITES[kind](folder, fresh=fresh)
    wheel = build_wheel(folder)
    if fresh:
        site.pip("install", wheel)
    site.make()
    site.walk("before")
    if not fresh:
        site.pip("install", "--no-deps", wheel)
    site.bolt_on()
    assert "psk_plugin" not in (told := site.manage("check")), told
    site.walk("work")
    site.take_out()
    site.walk("after")
    site.pip("uninstall", "-y", "psk-plugin")
    assert "No changes detected" in site.manage("makemigrations", "--check", "--dry-run")
    site.walk("after")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=SITES)
    parser.add_argument("--fresh", action="store_true", help="take what the wheel needs from the package index")
    parser.add_argument("--keep", type=Path, help="make the site in this folder and leave it there")
    chosen = parser.parse_args()
    if chosen.keep:
        chosen.keep.mkdir(parents=True, exist_ok=True)
        whole_story(chosen.kind, chosen.keep.resolve(), fresh=chosen.fresh)
    else:
        with tempfile.TemporaryDirectory(prefix="psk-bolting-") as folder:
            whole_story(chosen.kind, Path(folder), fresh=chosen.fresh)
    print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
