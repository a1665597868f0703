"""How letters of campaigns move when two companies are merged."""

from django.utils.translation import gettext as _

from ..companies.merging import Merge, register
from .models import Addressee, Exclusion, Group


def move_addressees(merge: Merge) -> None:
    """A campaign that wrote to both keeps one of them, with the number of the other's letter and all answers."""
    own = {row.campaign_id: row for row in Addressee.objects.filter(company=merge.kept)}
    for row in Addressee.objects.filter(company=merge.gone).select_related("campaign"):
        other = own.get(row.campaign_id)
        merge.count(Addressee, 1)
        if other is None:
            row.company = merge.kept
            row.save(update_fields=["company"])
            continue
        # A company that got a letter was written to, whatever its other row says.
        stays, goes = (row, other) if row.group == Group.ADDRESSED != other.group else (other, row)
        goes.replies.update(addressee=stays)
        if goes.number:
            stays.double_number, stays.double_file = goes.number, goes.file
        if stays.follow_up == stays._meta.get_field("follow_up").default:
            stays.follow_up = goes.follow_up
        merge.notes.append(
            _("In the campaign “%(title)s” both had a row; the number of the other letter is %(number)s.")
            % {"title": row.campaign, "number": goes.number or "–"}
        )
        goes.delete()
        stays.company = merge.kept
        stays.save()


def move_exclusions(merge: Merge) -> None:
    """A company is left out once."""
    there = Exclusion.objects.filter(company=merge.kept).values("campaign")
    Exclusion.objects.filter(company=merge.gone, campaign__in=there).delete()
    merge.count(Exclusion, Exclusion.objects.filter(company=merge.gone).update(company=merge.kept))


register(Addressee, move_addressees)
register(Exclusion, move_exclusions)
