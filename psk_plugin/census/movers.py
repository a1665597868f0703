"""How rows of censuses move when two companies are merged."""

from django.db.models import F

from ..companies.merging import Merge, register
from ..regulations.models import CompanyRegulation
from ..regulations.movers import follow
from .models import CensusEffect, CensusRow, PaperDecree


def let_go(merge: Merge) -> None:
    """Undoing a census must not take back from the company that stays what it did to the one that goes."""
    for company in (merge.gone, merge.kept):
        CensusEffect.objects.filter(company=company).update(company=None)


def follow_paper(gone: CompanyRegulation, kept: CompanyRegulation) -> None:
    """The versions of the one that goes become the earlier ones, so those of the one that stays count on."""
    PaperDecree.objects.filter(regulation=kept).update(version=F("version") + gone.version)
    PaperDecree.objects.filter(regulation=gone).update(regulation=kept)


register(CensusRow)
register(CensusEffect, let_go)
follow(PaperDecree, "regulation", follow_paper)
