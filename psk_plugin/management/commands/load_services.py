"""Make the groups of the office and the services of the data folder. Safe to run again."""

from django.core.management.base import BaseCommand

from ...roles import ensure_groups
from ...services.loader import attach_templates, load_services


class Command(BaseCommand):
    help = "Makes the office's groups, its services and their templates; changes nothing that exists."

    def handle(self, *args, **options) -> None:
        ensure_groups()
        for service, is_new in load_services():
            attach_templates(service)
            self.stdout.write(f"{service.code}: {'dibuat' if is_new else 'sudah ada'}")
