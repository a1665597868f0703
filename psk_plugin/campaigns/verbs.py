"""What people do with a campaign besides sending it: leave a company out, take it in again, write an answer down."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ..companies.merged import FOR_OFFICE
from ..companies.models import Company
from ..submissions.errors import Impossible
from .models import Addressee, Campaign, Exclusion, Group, Reply
from .sending import lock_draft


@transaction.atomic
def save_draft(campaign: Campaign) -> None:
    """Write a new or changed draft. Raises `Impossible` where somebody has sent it meanwhile."""
    if campaign.pk:
        lock_draft(campaign)
    campaign.save()


@transaction.atomic
def leave_out(campaign: Campaign, company: Company, user: Any, reason: str) -> None:
    """The company gets no letter. Raises `Impossible` once the campaign has been sent or without a reason."""
    locked = lock_draft(campaign)
    reason = " ".join(reason.replace("\x00", "").split())
    if not reason:
        raise Impossible(_("Please say why the company is left out."))
    if len(reason) > 250:
        raise Impossible(_("Please say it in at most 250 characters."))
    Exclusion.objects.update_or_create(campaign=locked, company=company, defaults={"reason": reason, "by": user})


@transaction.atomic
def take_in(campaign: Campaign, company: Company) -> None:
    """The company is written to after all. Raises `Impossible` once the campaign has been sent."""
    Exclusion.objects.filter(campaign=lock_draft(campaign), company=company).delete()


@transaction.atomic
def discard(campaign: Campaign) -> None:
    """Delete a campaign that was never sent. Raises `Impossible` for another."""
    lock_draft(campaign).delete()


def note(addressee: Addressee, user: Any, reply: Reply) -> Reply:
    """Write an answer down and set how it stands with the company. Pressed twice it is one answer."""
    if addressee.group != Group.ADDRESSED:
        raise Impossible(_("This company got no letter of the campaign."))
    reply.addressee, reply.by = addressee, user
    try:
        with transaction.atomic():
            if not Addressee.objects.select_for_update().filter(pk=addressee.pk).values_list("pk"):
                raise Impossible(str(FOR_OFFICE))
            reply.save()
            newest = addressee.replies.first()
            Addressee.objects.filter(pk=addressee.pk).update(follow_up=newest.follow_up)
    except IntegrityError:
        return Reply.objects.get(form_key=reply.form_key)
    return reply
