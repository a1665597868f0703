"""How this room's own rows move when two companies are merged."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from .claim_models import Claim
from .merge_models import CompanyMerge, CompanyPair
from .merging import Merge, register
from .models import Branch, Invitation, Membership, Union

#: How much a person may do, by state and role; the stronger of two places stays.
_STRENGTH = {
    (Membership.State.ACTIVE, Membership.Role.OWNER): 4,
    (Membership.State.ACTIVE, Membership.Role.MEMBER): 3,
    (Membership.State.REQUESTED, Membership.Role.OWNER): 2,
    (Membership.State.REQUESTED, Membership.Role.MEMBER): 2,
}


def _strength(membership: Membership) -> int:
    return _STRENGTH.get((membership.state, membership.role), 1)


def move_memberships(merge: Merge) -> None:
    """A person who is in both keeps the stronger place."""
    there = {row.user_id: row for row in merge.kept.memberships.all()}
    for row in merge.gone.memberships.all():
        merge.sign(row)
        own = there.get(row.user_id)
        if own is None:
            row.company = merge.kept
            row.save()
        else:
            if _strength(row) > _strength(own):
                for name in ("role", "state", "decided_at", "decided_by_id"):
                    setattr(own, name, getattr(row, name))
                merge.sign(own)
                own.save()
            row.delete()
        merge.count(Membership, 1)


def move_invitations(merge: Merge) -> None:
    """One open invitation to an address is enough: that of the company that goes is withdrawn."""
    pending = Q(accepted_at=None, withdrawn_at=None)
    asked = merge.kept.invitations.filter(pending).values("email")
    merge.gone.invitations.filter(pending, email__in=asked).update(withdrawn_at=timezone.now())
    merge.count(Invitation, merge.gone.invitations.update(company=merge.kept))


def _move_rows(merge: Merge, name: str, same: tuple[str, ...]) -> None:
    """Unions or branches; one that the company that stays names already is not named twice."""

    def key(row) -> tuple[str, ...]:
        return tuple(" ".join(str(getattr(row, part)).casefold().split()) for part in same)

    there = {key(row) for row in getattr(merge.kept, name).all()}
    for row in getattr(merge.gone, name).all():
        merge.sign(row)
        if key(row) in there:
            row.delete()
            merge.notes.append(_("“%s” stood in both and stays once.") % row.name)
            continue
        row.company = merge.kept
        row.save()
        merge.count(type(row), 1)


def move_pairs(merge: Merge) -> None:
    """What was said of the company that goes and a third one holds for the one that stays, unless it has its own."""
    for pair in CompanyPair.objects.filter(Q(first=merge.gone) | Q(second=merge.gone)):
        third = pair.second_id if pair.first_id == merge.gone.pk else pair.first_id
        first, second = sorted((third, merge.kept.pk))
        if first == second or CompanyPair.objects.filter(first=first, second=second).exists():
            pair.delete()
            continue
        pair.first_id, pair.second_id = first, second
        pair.save()


def move_claims(merge: Merge) -> None:
    """A person who waits for both waits once: the claim of the company that goes ends, and says why."""
    State = Claim.State
    waiting = merge.kept.claims.filter(state=State.WAITING).values("user")
    merge.gone.claims.filter(state=State.WAITING, user__in=waiting).update(
        state=State.REFUSED,
        reason=_("The company was merged with another one for which the same claim waits."),
        decided_at=timezone.now(),
        decided_by=merge.user,
    )
    merge.count(Claim, merge.gone.claims.update(company=merge.kept))


register(Claim, move_claims)
register(Membership, move_memberships)
register(Invitation, move_invitations)
register(Union, lambda merge: _move_rows(merge, "unions", ("name", "registration_number")))
register(Branch, lambda merge: _move_rows(merge, "branches", ("name", "address")))
register(CompanyPair, move_pairs, field="first")
register(CompanyPair, move_pairs, field="second")
register(CompanyMerge, field="kept")
