"""How reminders follow a regulation when two companies are merged."""

from ..regulations import movers as regulations
from ..regulations.models import CompanyRegulation
from .models import RenewalReminder


def follow(gone: CompanyRegulation, kept: CompanyRegulation) -> None:
    """What was planned for the version that is over is not needed any more; where both had a step it stays once."""
    State = RenewalReminder.State
    rows = RenewalReminder.objects.filter(regulation=gone)
    rows.filter(state=State.PLANNED).update(state=State.PASSED)
    there = set(RenewalReminder.objects.filter(regulation=kept).values_list("valid_until", "step"))
    for row in rows:
        if (row.valid_until, row.step) in there:
            row.delete()
        else:
            row.regulation = kept
            row.save(update_fields=["regulation"])


regulations.follow(RenewalReminder, "regulation", follow)
