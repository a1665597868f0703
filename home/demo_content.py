"""Builds the demo site's pages. Safe to run again: what exists, whoever changed it, is left as it is."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import timezone
from wagtail.models import Page, Site

from psk_plugin.laws.loader import load_laws
from psk_plugin.services.loader import load_services
from psk_plugin.services.models import Service

from . import models, moderation
from .demo_files import Files
from .demo_text import front, guides, materials, news, office, procedures, services
from .demo_text.blocks import Block

AnyPage = TypeVar("AnyPage", bound=Page)

#: Account of the demo -> group on the site.
SITE_GROUPS = {"editor": moderation.EDITOR, "kabid": moderation.APPROVER}


@transaction.atomic
def build_site(admin_user: AbstractUser | None) -> models.HomePage:
    """Create what is missing of the demo site and return its front page."""
    return _Builder(admin_user).build()


def join_site_groups() -> None:
    """Give the demo's editor and head of division their part on the site."""
    user_model = get_user_model()
    for name, group in SITE_GROUPS.items():
        for user in user_model.objects.filter(**{user_model.USERNAME_FIELD: name}):
            user.groups.add(Group.objects.get(name=group))


def _is_served(path: str) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        return False
    return match.namespace == "psk"


class _Builder:
    """Carries the author and the files already stored."""

    def __init__(self, author: AbstractUser | None) -> None:
        self.author = author
        self.files = Files(author)

    def build(self) -> models.HomePage:
        load_laws()
        home = self.home()
        self.office_settings(home)
        self.service_pages(home)
        self.announcements(home)
        self.guide_pages(home)
        self.materials(home)
        self.links(home, services.MENU_LINKS)
        self.page(home, models.StandardPage, *office.PROFILE_PAGE, menu=True)
        contact = self.page(home, models.StandardPage, *office.CONTACT_PAGE, menu=True)
        self.links(contact, office.CONTACT_LINKS)
        self.page(home, models.StandardPage, *office.PRIVACY_PAGE)
        moderation.ensure_moderation(home)
        join_site_groups()
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
                    hero_image=self.files.picture("front"),
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
        index = self.page(home, models.ServiceIndexPage, *services.INDEX_PAGE, menu=True)
        for service, _is_new in load_services():
            if not service.is_published:
                continue
            slug = services.SLUGS.get(service.code, service.code)
            self.page(
                index, models.ServicePage, slug, service.title, service.summary, self.service_body(service), menu=True
            )
        self.page(index, models.StandardPage, *services.STANDARD_PAGE, menu=True)
        self.page(index, models.StandardPage, *services.DECLARATION_PAGE, menu=True)
        self.procedure(index)
        self.links(index, services.SERVICE_LINKS)

    @staticmethod
    def service_body(service: Service) -> list[Block]:
        return [
            {"type": "service_flow", "value": {"heading": "Alur dan waktu", "service": service.pk}},
            {"type": "service_form", "value": {"service": service.pk}},
            *services.AFTER_FORM,
        ]

    def procedure(self, index: Page) -> None:
        names = ("activity", "actor", "needs", "time", "output", "note")
        rows = [{"type": "activity", "value": dict(zip(names, row, strict=True))} for row in procedures.ACTIVITIES]
        drawn = Service.objects.filter(code=procedures.SERVICE).values_list("pk", flat=True)
        fields = {name: value for name, value in procedures.SOP.items() if name not in ("title", "lead")}
        self.page(
            index,
            models.ProcedurePage,
            "sop-pengesahan-pp",
            procedures.SOP["title"],
            procedures.SOP["lead"],
            [{"type": "service_flow", "value": {"heading": "Alur", "service": pk}} for pk in drawn],
            menu=True,
            activities=json.dumps(rows),
            **fields,
        )

    def announcements(self, home: models.HomePage) -> None:
        categories = {
            slug: models.AnnouncementCategory.objects.get_or_create(slug=slug, defaults={"name": name, "order": order})[
                0
            ]
            for order, (slug, name) in enumerate(news.CATEGORIES.items())
        }
        index = self.page(home, models.AnnouncementIndexPage, *news.INDEX_PAGE, menu=True)
        today = timezone.localdate()
        for item in news.NEWS:
            self.page(
                index,
                models.AnnouncementPage,
                item.slug,
                item.title,
                item.lead,
                item.body,
                category=categories[item.category],
                date=today - timedelta(days=item.days_ago),
                image=lambda scene=item.scene: self.files.picture(scene),
                attachments=lambda wanted=item.with_leaflet: (
                    [models.AnnouncementAttachment(document=self.files.paper("leaflet"))] if wanted else []
                ),
            )

    def guide_pages(self, home: models.HomePage) -> None:
        index = self.page(home, models.GuideIndexPage, *guides.INDEX_PAGE, menu=True)
        for slug, title, lead, body in guides.GUIDES:
            self.page(index, models.GuidePage, slug, title, lead, body, menu=True)
        self.page(index, models.StandardPage, *services.QUESTIONS_PAGE, menu=True)

    def materials(self, home: models.HomePage) -> None:
        index = self.page(home, models.MaterialIndexPage, *office.OUTREACH_PAGE, menu=True)
        for item in materials.MATERIALS:
            self.page(
                index,
                models.MaterialPage,
                item.slug,
                item.title,
                item.lead,
                list(item.body),
                kind=item.kind,
                video_address=item.video,
                image=lambda scene=item.scene: self.files.picture(scene),
                document=lambda name=item.file: self.files.paper(name) if name else None,
            )
        self.links(index, office.OUTREACH_LINKS)

    def links(self, parent: Page, links: list[tuple[str, str, str, str]]) -> None:
        """Entries of the menu that lead to the plugin's pages, as far as this installation serves them."""
        for slug, title, lead, target in links:
            if _is_served(target):
                self.page(parent, models.LinkPage, slug, title, lead, None, menu=True, target=target)

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
        """The block with its pictures and documents replaced by what is stored."""
        if block["type"] == "steps":
            lines = [
                {**line, "image": self.files.picture(line["image"]).pk if line["image"] else None}
                for line in block["value"]
            ]
            return {**block, "value": lines}
        if block["type"] == "documents":
            papers = [{"document": self.files.paper(name).pk, "title": ""} for name in block["value"]]
            return {**block, "value": papers}
        return block
