"""Make the office's groups, services, sources of law and norms. Safe to run again."""

from django.core.management.base import BaseCommand

from ...helpdesk.loader import load_categories
from ...laws.loader import load_laws
from ...norms.loader import load_norms
from ...roles import ensure_groups
from ...services.loader import load_services


class Command(BaseCommand):
    help = "Makes the office's groups, services with templates, sources of law, norms; changes nothing that exists."

    def handle(self, *args, **options) -> None:
        ensure_groups()
        load_laws()
        load_norms()
        load_categories()
        for service, is_new in load_services(with_templates=True):
            self.stdout.write(f"{service.code}: {'dibuat' if is_new else 'sudah ada'}")
