"""Make the office's groups with the least rights each needs. Safe to run again, also after an update of the plugin."""

from django.core.management.base import BaseCommand
from django.db import transaction

from ...roles import ensure_groups


class Command(BaseCommand):
    help = "Makes the office's groups and gives each what it needs; takes nothing away that an administrator gave."

    def handle(self, *args, **options) -> None:
        with transaction.atomic():
            groups = ensure_groups()
        for group in groups.values():
            self.stdout.write(f"{group.name}: {group.permissions.count()} izin, {group.user_set.count()} orang")
