"""How applications move when two companies are merged."""

from django.db.models import F
from django.utils.translation import gettext as _

from ..companies.merging import Merge, lock_first, refuse_if, register
from ..companies.models import Company
from ..regulations import movers as regulations
from ..regulations.models import CompanyRegulation
from ..services.models import REGULATION_KINDS
from .models import FINAL, RUNNING, Status, Submission


def obstacles(kept: Company, gone: Company) -> list[str]:
    """Both companies cannot be asking for the same thing."""
    return [*_under_way(kept, gone), *_drafts(kept, gone)]


def _under_way(kept: Company, gone: Company) -> list[str]:
    def running(company: Company) -> dict[str, str]:
        rows = company.submissions.filter(status__in=RUNNING, service__kind__in=REGULATION_KINDS).order_by("-pk")
        return dict(rows.values_list("service__kind", "number"))

    own, theirs = running(kept), running(gone)
    return [
        _(
            "Both companies have an application for a %(kind)s under way: %(one)s and %(other)s. Please wait until one "
            "of them is decided, or ask the company to withdraw one."
        )
        % {"kind": kind.upper(), "one": own[kind], "other": theirs[kind]}
        for kind in sorted(own.keys() & theirs.keys())
    ]


def _drafts(kept: Company, gone: Company) -> list[str]:
    begun = gone.submissions.filter(status=Status.DRAFT).values("service")
    both = kept.submissions.filter(status=Status.DRAFT, service__in=begun).values_list("service__title", flat=True)
    return [
        _("Both companies have begun “%s” without filing it. Please ask them to discard one of the two drafts first.")
        % title
        for title in both.order_by("service__title")
    ]


def move_submissions(merge: Merge) -> None:
    """All of them. What is filed keeps the company as it was then; who decides looks at it again."""
    rows = Submission.objects.filter(company=merge.gone)
    rows.filter(status__in=RUNNING).update(revision=F("revision") + 1)
    merge.count(Submission, rows.update(company=merge.kept))


def follow_origin(older: CompanyRegulation, newer: CompanyRegulation) -> None:
    """What is under way from the regulation that stays goes on from it, although its version gets a higher number."""
    for row in Submission.objects.filter(origin=newer).exclude(status__in=FINAL):
        row.origin_data = row.origin_data | {"version": row.origin_data.get("version", 0) + older.version}
        row.save(update_fields=["origin_data"])
    Submission.objects.filter(origin=older).update(origin=newer)


register(Submission, move_submissions)
refuse_if(obstacles)
lock_first(Submission)
regulations.follow(Submission, "origin", follow_origin)
