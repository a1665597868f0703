"""Groups, permissions and the approval workflow of the office's site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.models import HomePage
from home.moderation import APPROVER, EDITOR, WORKFLOW, ensure_moderation


class Command(BaseCommand):
    help = "Makes the editors' and approvers' groups and the approval workflow. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        home = HomePage.objects.first()
        if home is None:
            raise CommandError("There is no front page yet. Create one in the admin (or run load_demo), then run this.")
        ensure_moderation(home)
        self.stdout.write(f"Groups “{EDITOR}” and “{APPROVER}”, workflow “{WORKFLOW}”: ready.")
