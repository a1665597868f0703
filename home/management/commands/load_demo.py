"""Fills an empty installation with a demo: accounts, companies, applications and the office's pages."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

CONFIRMATION = "--yes-this-is-a-demo-server"


class Command(BaseCommand):
    help = "Loads demo accounts (with a known password), companies, applications and pages. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(CONFIRMATION, action="store_true", dest="confirmed", help="Needed where DEBUG is off.")

        parser.add_argument(
            "--companies", type=int, default=None, help="How many companies of the invented census (all by default)."
        )

    def handle(self, *args: Any, confirmed: bool, companies: int | None = None, **options: Any) -> None:
        if not settings.DEBUG and not confirmed:
            raise CommandError(
                "DEBUG is off, so this may be the office's own server. The demo brings accounts whose "
                "password everybody "
                f"knows. If that is what you want, say {CONFIRMATION}."
            )
        # Imported here, so that nothing of the demo is read on a server that refuses it.
        from home.demo_content import build_site
        from psk_plugin.demo.census_sample import ALL_COMPANIES
        from psk_plugin.demo.loader import load

        load(self.stdout, ALL_COMPANIES if companies is None else companies)
        home = build_site(get_user_model().objects.filter(is_superuser=True).order_by("pk").first())
        self.stdout.write(f"Pages: {home.get_descendants(inclusive=True).count()} below {home.full_url}")
