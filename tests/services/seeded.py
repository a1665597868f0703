"""Applications for each seeded service, from the company's regulation where the service starts from one."""

import datetime as dt
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from psk_plugin.companies.models import Company, Membership, Union, is_member
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.regulations.verbs import put_in_force
from psk_plugin.services.models import FieldKind, FilingType, Service
from psk_plugin.submissions import answers, drafts
from psk_plugin.submissions.models import Submission

from .. import factories

#: In the order of the columns of the matrix.
CODES = (
    *("pp-baru", "pp-pembaharuan", "pp-perpanjangan", "pp-perubahan"),
    *("pkb-baru", "pkb-pembaharuan", "pkb-perpanjangan", "pkb-addendum"),
)

#: An answer that fits, by kind of question.
GIVEN: dict[str, Any] = {
    FieldKind.TEXT: "Contoh jawaban",
    FieldKind.LONG_TEXT: "Pasal 12 dan Pasal 15 ayat (2)",
    FieldKind.NUMBER: "60",
    FieldKind.MONEY: "5999443",
    FieldKind.DATE: "2026-11-20",
    FieldKind.YES_NO: "ya",
    FieldKind.CHOICE: "5 hari kerja seminggu",
    FieldKind.PHONE: "021 8000000",
    FieldKind.EMAIL: "serikat@contoh.test",
}


def with_union(company: Company) -> Company:
    Union.objects.create(
        company=company,
        name="Serikat Pekerja Contoh",
        registration_number="250/SP/2019",
        registered_on=dt.date(2019, 5, 2),
        members=60,
    )
    return Company.objects.get(pk=company.pk)


def in_force(company: Company, kind: str, ends_in: int = 60, **more: Any) -> CompanyRegulation:
    """A regulation of the company that ends in so many days, as if the office had entered it by hand."""
    last = timezone.localdate() + dt.timedelta(days=ends_in)
    values = {
        "title": f"{kind} lama",
        "valid_from": last - relativedelta(years=2) + dt.timedelta(days=1),
        "valid_until": last,
        "decree_id": None,
        "decree_number": f"560/LAMA/{kind}/{CompanyRegulation.history.count()}",
        "decree_date": dt.date(2024, 1, 10),
        "text_file": None,
        "user": None,
        "reason": "Uji",
    }
    return put_in_force(company_id=company.pk, kind=kind, **values | more)


def period_for(service: Service, last: dt.date | None) -> dict[str, str]:
    """A period that the service allows, given the last day of the regulation it starts from."""
    today = timezone.localdate()
    first = last + dt.timedelta(days=1) if last else today
    match service.filing_type:
        case FilingType.AMENDMENT:
            return {"from": today.isoformat(), "until": last.isoformat()}
        case FilingType.EXTENSION:
            return {"from": first.isoformat(), "until": (first + relativedelta(months=6)).isoformat()}
    return {"from": first.isoformat(), "until": (first + relativedelta(years=2, days=-1)).isoformat()}


def draft(code: str, company: Company | None = None, user=None, *, ends_in: int = 60) -> Submission:
    """A draft that could be filed as it is."""
    service = factories.service(code)
    if company is None:
        company = factories.CompanyFactory()
        if service.kind == "PKB" or service.filing_type == FilingType.EXTENSION:
            company = with_union(company)
    user = user or factories.member_of(company)
    if not is_member(user, company.pk):
        Membership.objects.create(company=company, user=user)
    if service.starts_from_regulation and not company.regulations.filter(kind=service.kind).exists():
        in_force(company, service.kind, ends_in)
    submission, _new = drafts.open_draft(service, company, user)
    regulation = submission.origin
    last = regulation.valid_until if regulation else None
    typed = {
        row.code: submission.data.get(row.code) or GIVEN[row.kind]
        for row in service.fields.all()
        if row.kind in GIVEN and answers_apply(submission, row.code)
    }
    typed |= {row.code: period_for(service, last) for row in service.fields.all() if row.role == "period"}
    typed |= {
        row.code: (last or timezone.localdate()).isoformat()
        for row in service.fields.all()
        if row.role == "talks_start"
    }
    submission = drafts.keep_answers(submission, user, typed)
    for row, must in answers.wanted_documents(submission):
        if must:
            drafts.attach(submission, user, row["code"], factories.upload(f"{row['code']}.pdf"))
    return Submission.objects.get(pk=submission.pk)


def answers_apply(submission: Submission, code: str) -> bool:
    """Whether the question concerns this company: those about an old regulation only where the office lacks it."""
    row = next(row for row in submission.definition["fields"] if row["code"] == code)
    return row.get("asked") != "if_unrecorded" or not submission.origin_data
