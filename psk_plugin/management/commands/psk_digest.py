"""The daily overview for everybody of the office, now. Safe to run again: each person gets one a day."""

from django.core.management.base import BaseCommand

from ...outreach.digest import send_digests


class Command(BaseCommand):
    help = "Writes today's overview mails: one per person of the office on whom something waits."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"Ringkasan harian ditulis: {send_digests()}.")
