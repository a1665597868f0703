"""From signature to decree: numbers, frozen words, regulation in force. All in the transaction that signs."""

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import conf, numbers
from ..office.acting import acting_for
from ..office.letterhead import kept_emblem
from ..office.models import OfficeSettings
from ..records.models import StoredFile
from ..records.series import next_in_series
from ..regulations import verbs as regulations
from ..services.models import FilingType
from ..submissions import origin, rules
from ..submissions.answers import period_of
from ..submissions.errors import Forbidden, Impossible
from ..submissions.models import Submission
from . import text
from .models import Decree, new_code

logger = logging.getLogger(__name__)


def issue(submission: Submission, user: Any, at: dt.datetime) -> Decree:
    """Write the decree of an application signed by `user` at `at` and put its regulation, if any, in force.

    Must be called inside the transaction that signs: an error gives back the numbers and the signature. Raises
    `Impossible` with a sentence where the decree cannot be made from what the application says.
    """
    office = OfficeSettings.load()
    day = timezone.localdate(at)
    values = text.known_values(submission, office, day)
    period = period_of(submission)
    is_wrong = period is not None and period[1] < period[0]
    if is_wrong or (submission.makes_regulation and (period is None or not values["regulation_title"])):
        raise Impossible(
            _("The decree cannot be made: the application lacks a title or a period of validity. Please send it back.")
        )
    text.check(submission, values)
    text_file = regulation_text_file(submission) or _kept_text(submission)
    _check_origin(submission)
    emblem = kept_emblem(office)
    kind, series = submission.definition["kind"], submission.kind_code
    code = new_code()
    # Numbers last: their series stay locked until the transaction ends, and others wait for them.
    sequence = next_in_series(f"decree-{series}", _series_year(day))
    number = _numbered(office.decree_pattern, sequence, day, series, office)
    if Decree.objects.filter(number=number).exists():
        raise Impossible(
            _(
                "The number %s is already taken. Please ask the administrator to check the pattern of decree numbers "
                "in the settings of the office."
            )
            % number
        )
    register_sequence = next_in_series(f"register-{series}", _series_year(day))
    register_number = _numbered(office.register_pattern, register_sequence, day, series, office)
    values |= {"decree_number": number, "register_number": register_number}
    content = text.compose(submission, office, values) | {
        "code": code,
        "verify_url": conf.PUBLIC_URL.rstrip("/") + reverse("psk:decree_verify", args=[code]),
        "company": values["company"],
        "signed_at": at.isoformat(),
    }
    content["letterhead"]["emblem_sha256"] = emblem.sha256 if emblem else ""
    content["signer"] |= _acting_signer(submission, user, day, content["signer"]["title"])
    decree = Decree(
        submission=submission,
        company_id=submission.company_id,
        kind=kind,
        change=submission.definition.get("filing_type") or FilingType.NEW,
        series=series,
        number=number,
        sequence=sequence,
        year=day.year,
        register_number=register_number,
        issued_on=day,
        valid_from=period[0] if period else None,
        valid_until=period[1] if period else None,
        regulation_title=values["regulation_title"],
        company_name=values["company"],
        code=code,
        content=content,
        signed_by=user,
        signed_at=at,
    )
    reason = _("Issued with the decree number %s") % number
    if decree.is_regulation:
        reason = f"{decree.get_change_display()}: {reason}"
    _save(decree, user, reason)
    if not decree.is_regulation:
        return decree
    regulations.put_in_force(
        company_id=submission.company_id,
        kind=kind,
        title=decree.regulation_title,
        valid_from=decree.valid_from,
        valid_until=decree.valid_until,
        decree_id=decree.pk,
        decree_number=number,
        decree_date=day,
        text_file=text_file,
        user=user,
        reason=reason,
        change=decree.change,
    )
    return decree


def _acting_signer(submission: Submission, user: Any, day: dt.date, title: str) -> dict[str, str]:
    """Who signs where the signature is that of an acting head (Plt., Plh.); nothing for the head's own."""
    acting = acting_for(user, submission.stage.groups.all(), day) if submission.stage_id else None
    if acting is None:
        return {}
    name = acting.signer_name or user.get_full_name() or user.get_username()
    return {
        "title": f"{acting.get_kind_display().split(' ')[0]} {title}",
        "name": name,
        "rank": acting.signer_rank,
        "nip": acting.signer_nip,
    }


@transaction.atomic
def revoke(decree: Decree, user: Any, reason: str) -> Decree:
    """Take back a decree from today on, and with it the version of the regulation that it put in force.

    Raises `Forbidden` for people without the permission, `Impossible` without a reason or where it is revoked already.
    """
    if not user.has_perm("psk_plugin.revoke_decree"):
        raise Forbidden(_("You may not revoke decrees."))
    reason = reason.strip()
    if not reason:
        raise Impossible(_("Please write the reason of the revocation."))
    locked = Decree.objects.select_for_update(of=("self",)).get(pk=decree.pk)
    if locked.revoked_on is not None:
        raise Impossible(_("This decree has been revoked already."))
    locked.revoked_on = timezone.localdate()
    locked.revocation_reason = reason
    locked.revoked_by = user
    history_reason = _("The decree number %(number)s is revoked: %(reason)s") % {
        "number": locked.number,
        "reason": reason,
    }
    _save(locked, user, history_reason)
    if locked.is_regulation:
        regulations.revoke(
            company_id=locked.company_id,
            kind=locked.kind,
            decree_id=locked.pk,
            day=locked.revoked_on,
            user=user,
            reason=history_reason,
        )
    return locked


def regulation_text_file(submission: Submission) -> StoredFile | None:
    """The filed text of the regulation in its newest version."""
    codes = [row["code"] for row in submission.definition["documents"] if row["is_regulation_text"]]
    document = submission.documents.filter(code__in=codes, version__gt=0).select_related("file").first()
    return document.file if document else None


def _kept_text(submission: Submission) -> StoredFile | None:
    """The text that an application without one of its own leaves as it is: an extension's."""
    return StoredFile.objects.filter(pk=submission.origin_data.get("text_file")).first()


def _check_origin(submission: Submission) -> None:
    """Raise `Impossible` where what the application starts from has changed since, or its answers break the law."""
    if sentences := list(rules.problems(submission).values()):
        raise Impossible(_("The decree cannot be made: %s Please send it back.") % " ".join(sentences))
    if submission.definition.get("filing_type") not in (FilingType.EXTENSION, FilingType.AMENDMENT):
        return
    regulation = origin.locked_regulation(submission)
    known = submission.origin_data.get("version", 0)
    if regulation is not None and (regulation.version != known or regulation.revoked_on is not None):
        raise Impossible(
            _(
                "The regulation has changed since the application was filed: the decree number %s counts now. Please "
                "send it back and tell the company."
            )
            % regulation.decree_number
        )


def _series_year(day: dt.date) -> int:
    """The year that names the series; 0 for an office whose numbers never start again."""
    return day.year if conf.SERIES_RESTART == "year" else 0


def _numbered(pattern: str, sequence: int, day: dt.date, series: str, office: OfficeSettings) -> str:
    return numbers.render(
        pattern, sequence=sequence, year=day.year, month=day.month, kind=series, code=office.classification_code
    )


def _save(decree: Decree, user: Any, reason: str) -> None:
    decree._change_reason = reason
    decree._history_user = user
    decree.save()
