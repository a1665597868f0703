"""A press that meets a merging: the company, or what hangs on it, is gone when the press comes to its turn."""

from django.utils.translation import gettext_lazy as _

from .merge_models import moved_to
from .models import Company

#: What a person of the company is told, and what the office is.
FOR_COMPANY = _("This company was merged with another one meanwhile. Please open your companies again.")
FOR_OFFICE = _("The company was merged with another one meanwhile. Please open its page again.")


def held(company_id: int) -> Company | None:
    """The company as it is now, kept from being merged away until the transaction ends; `None` where it is gone.

    For verbs that write rows which point to a company. Who locks an application, too, locks that first.
    """
    return Company.objects.select_for_update(no_key=True).filter(pk=company_id).first()


def standing_for(company: Company | None) -> Company | None:
    """The company, held as by `held`; the one that it was merged into where it is gone; `None` where there is none.

    For what somebody writes about a company and what holds for either of the two.
    """
    if company is None:
        return None
    found = held(company.pk)
    if found is None:
        kept = moved_to(company.pk)
        found = held(kept) if kept else None
    return found
