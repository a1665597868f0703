"""Builds the demo site's pages. Safe to run again: what exists, whoever changed it, is left as it is."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from psk_plugin.services.loader import DATA, load_service
from psk_plugin.services.models import Service

from . import models
from .demo_leaflet import TITLE as LEAFLET_TITLE
from .demo_leaflet import leaflet
from .demo_pictures import SCENES, draw
from .demo_text import front, guides, news, office, services
from .demo_text.blocks import Block

AnyPage = TypeVar("AnyPage", bound=Page)

#: The service whose form stands on the first service page; defined by the plugin.
SERVICE_CODE = "pp-baru"


@transaction.atomic
def build_site(admin_user: AbstractUser | None) -> models.HomePage:
    """Create what is missing of the demo site and return its front page."""
    return _Builder(admin_user).build()


class _Builder:
    """Carries the author and the pictures already stored."""

    def __init__(self, author: AbstractUser | None) -> None:
        self.author = author

    def build(self) -> models.HomePage:
        home = self.home()
        self.office_settings(home)
        self.service_pages(home)
        self.announcements(home)
        self.guide_pages(home)
        self.menu_links(home)
        self.page(
            home,
            models.StandardPage,
            "profil",
            "Profil",
            "Visi, misi, struktur, serta tugas dan fungsi dinas.",
            office.PROFILE,
            menu=True,
        )
        self.page(
            home,
            models.StandardPage,
            "kontak",
            "Kontak dan pengaduan",
            "Datang, menelepon, menulis, atau mengadu: semua saluran ada di sini.",
            office.CONTACT,
            menu=True,
        )
        self.page(
            home, models.StandardPage, "privasi", "Privasi", "Bagaimana data pribadi Anda dilindungi.", office.PRIVACY
        )
        return home

    # --- parts of the tree --------------------------------------------------------------------------------------

    def home(self) -> models.HomePage:
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        existing = models.HomePage.objects.first()
        if existing is None:
            root = Page.get_first_root_node()
            existing = self.add(
                root,
                models.HomePage(
                    title="Beranda",
                    slug="beranda",
                    seo_title="Layanan Persyaratan Kerja",
                    search_description=front.HERO_TEXT[:250],
                    hero_title=front.HERO_TITLE,
                    hero_text=front.HERO_TEXT,
                    hero_image=self.picture("front"),
                    hero_links=json.dumps([{"type": "link", "value": link} for link in front.HERO_LINKS]),
                    body=json.dumps(front.BANDS),
                ),
            )
        if site is None or site.root_page.specific_class is not models.HomePage:
            self.serve(existing, site)
        return existing

    def serve(self, home: models.HomePage, site: Site | None) -> None:
        """Make `home` the site's root and remove Wagtail's welcome page, if that is what was there."""
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        welcome = site.root_page if site else None
        site = site or Site(is_default_site=True)
        site.hostname = address.hostname or "localhost"
        site.port = address.port or (443 if address.scheme == "https" else 80)
        site.site_name = settings.WAGTAIL_SITE_NAME
        site.root_page = home
        site.save()
        if welcome and welcome.depth == 2 and welcome.specific_class is Page and not welcome.get_children().exists():
            welcome.delete()

    def office_settings(self, home: models.HomePage) -> None:
        site = Site.objects.get(root_page=home)
        links = [
            {"type": "link", "value": {"text": words, "page": None, "url": url}} for words, url in front.OFFICE["links"]
        ]
        models.OfficeSettings.objects.get_or_create(site=site, defaults={**front.OFFICE, "links": json.dumps(links)})

    def service_pages(self, home: models.HomePage) -> None:
        index = self.page(
            home,
            models.ServiceIndexPage,
            "layanan",
            "Penentuan Syarat Kerja",
            "Layanan pengesahan Peraturan Perusahaan dan pendaftaran Perjanjian Kerja Bersama bagi "
            "perusahaan di Kota Bekasi.",
            [],
            menu=True,
        )
        self.page(
            index,
            models.ServicePage,
            "pengesahan-pp",
            "Pengesahan Peraturan Perusahaan",
            "Untuk perusahaan di Kota Bekasi dengan sekurang-kurangnya 10 pekerja yang belum memiliki "
            "Perjanjian Kerja Bersama.",
            [{"type": "service_form", "value": {"service": self.service()}}],
            menu=True,
        )
        self.page(
            index,
            models.ServicePage,
            "pendaftaran-pkb",
            "Pendaftaran PKB",
            "Untuk perusahaan yang telah merundingkan Perjanjian Kerja Bersama dengan serikat pekerja.",
            services.PKB,
            menu=True,
        )
        self.page(
            index,
            models.StandardPage,
            "standar-pelayanan",
            "Standar pelayanan",
            "Apa yang dapat Anda harapkan dari kami: syarat, alur, waktu, biaya, dan jaminannya.",
            services.STANDARD,
            menu=True,
        )
        self.page(
            index,
            models.StandardPage,
            "maklumat-pelayanan",
            "Maklumat pelayanan",
            "Janji kami kepada pemohon.",
            services.DECLARATION,
            menu=True,
        )
        self.page(
            index,
            models.StandardPage,
            "dasar-hukum",
            "Dasar hukum",
            "Peraturan yang menjadi acuan pemeriksaan.",
            services.LAW,
            menu=True,
        )

    def announcements(self, home: models.HomePage) -> None:
        index = self.page(
            home,
            models.AnnouncementIndexPage,
            "pengumuman",
            "Pengumuman",
            "Kabar layanan, sosialisasi, dan perubahan peraturan.",
            [],
            menu=True,
        )
        today = timezone.localdate()
        for item in news.NEWS:
            self.page(
                index,
                models.AnnouncementPage,
                item.slug,
                item.title,
                item.lead,
                item.body,
                category=item.category,
                date=today - timedelta(days=item.days_ago),
                image=lambda scene=item.scene: self.picture(scene),
                attachments=lambda wanted=item.with_leaflet: (
                    [models.AnnouncementAttachment(document=self.leaflet())] if wanted else []
                ),
            )

    def guide_pages(self, home: models.HomePage) -> None:
        index = self.page(
            home,
            models.GuideIndexPage,
            "panduan",
            "Panduan",
            "Petunjuk langkah demi langkah. Setiap panduan dapat dicetak.",
            [],
            menu=True,
        )
        for slug, title, lead, body in guides.GUIDES:
            self.page(index, models.GuidePage, slug, title, lead, body, menu=True)
        self.page(
            index,
            models.StandardPage,
            "tanya-jawab",
            "Tanya jawab",
            "Pertanyaan yang paling sering kami terima.",
            services.QUESTIONS,
            menu=True,
        )
        self.page(
            index,
            models.StandardPage,
            "sosialisasi",
            "Sosialisasi",
            "Pertemuan, klinik naskah, dan bahan yang dapat diunduh.",
            office.OUTREACH,
            menu=True,
        )

    def menu_links(self, home: models.HomePage) -> None:
        for slug, title, lead, target in (
            (
                "perusahaan-patuh",
                "Perusahaan Patuh",
                "Daftar perusahaan yang PP atau PKB-nya masih berlaku.",
                "/psk/register/",
            ),
            (
                "cek-keaslian-sk",
                "Cek Keaslian SK",
                "Cocokkan surat keputusan dengan catatan dinas.",
                "/psk/verifikasi/",
            ),
        ):
            self.page(home, models.LinkPage, slug, title, lead, None, menu=True, target=target)

    # --- tools --------------------------------------------------------------------------------------------------

    def page(
        self,
        parent: Page,
        model: type[AnyPage],
        slug: str,
        title: str,
        lead: str,
        body: list[Block] | None,
        *,
        menu: bool = False,
        **fields: Any,
    ) -> AnyPage:
        """The page with this slug below `parent`, made if missing. Values that are functions are called only then."""
        existing = parent.get_children().filter(slug=slug).first()
        if existing is not None:
            return existing.specific
        values = {name: value() if isinstance(value, Callable) else value for name, value in fields.items()}
        if body is not None:
            values["body"] = json.dumps([self.with_files(block) for block in body])
        return self.add(parent, model(title=title, slug=slug, lead=lead, show_in_menus=menu, **values))

    def add(self, parent: Page, page: AnyPage) -> AnyPage:
        page.owner = self.author
        parent.add_child(instance=page)
        page.save_revision(user=self.author).publish(user=self.author)
        # A stale copy of the parent would give the next child the same place in the tree.
        parent.refresh_from_db()
        return page

    def with_files(self, block: Block) -> Block:
        """The block with its scenes and documents replaced by what is stored."""
        if block["type"] == "steps":
            lines = [
                {**line, "image": self.picture(line["image"]).pk if line["image"] else None} for line in block["value"]
            ]
            return {**block, "value": lines}
        if block["type"] == "documents" and block["value"] == "leaflet":
            return {**block, "value": [{"document": self.leaflet().pk, "title": ""}]}
        return block

    @staticmethod
    def service() -> int:
        """The service whose form is embedded, from the plugin's own data file where nobody made it yet."""
        existing = Service.objects.filter(code=SERVICE_CODE).first()
        return (existing or load_service(DATA / f"{SERVICE_CODE}.json")[0]).pk

    def picture(self, scene: str) -> Any:
        """The stored picture of a scene."""
        _draw, title, description = SCENES[scene]
        model = get_image_model()
        filename = f"demo-{scene}.png"
        existing = model.objects.filter(title=title, file__contains=f"demo-{scene}").first()
        return existing or model.objects.create(
            title=title,
            description=description,
            uploaded_by_user=self.author,
            file=ImageFile(ContentFile(draw(scene)), name=filename),
        )

    def leaflet(self) -> Any:
        """The stored leaflet."""
        model = get_document_model()
        existing = model.objects.filter(title=LEAFLET_TITLE).first()
        return existing or model.objects.create(
            title=LEAFLET_TITLE,
            uploaded_by_user=self.author,
            file=ContentFile(leaflet(), name="leaflet-lima-langkah-pp.pdf"),
        )
