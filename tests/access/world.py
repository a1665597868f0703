"""One of everything, and one person of every kind, for the table of who may do what."""

import datetime as dt
from types import SimpleNamespace

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.utils import timezone

from psk_plugin import roles
from psk_plugin.campaigns import tasks as campaign_tasks
from psk_plugin.companies.claim_models import Claim
from psk_plugin.companies.merge_models import CompanyMerge
from psk_plugin.companies.models import Invitation, Membership
from psk_plugin.helpdesk.models import TicketFile
from psk_plugin.laws.models import LegalSource
from psk_plugin.norms.models import Norm
from psk_plugin.office.models import Absence, ActingAppointment, CalendarException
from psk_plugin.outreach.models import Mail
from psk_plugin.records import intake
from psk_plugin.regulations.models import CompanyRegulation
from psk_plugin.reminders.models import RenewalReminder
from psk_plugin.reports.models import Report, ReportFile, ReportKind, ReportState
from psk_plugin.review.models import SavedFilter, Wording
from psk_plugin.signs.models import rules
from psk_plugin.submissions import drafts, union
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Finding
from psk_plugin.talk import verbs as talk

from .. import factories
from ..campaigns import making as campaigns
from ..census import making as censuses
from ..helpdesk import making as tickets
from ..meetings import making as meetings
from ..services import seeded

#: Groups of the office that decide nothing about applications, by the name of their column.
OTHER_GROUPS = {"editor": roles.SERVICE_EDITOR, "complaints": roles.PENGADUAN, "manager": roles.ADMINISTRATOR}
ROLES = ("anonymous", "member", "stranger", *factories.STAFF, *OTHER_GROUPS, "admin")


def make_world() -> SimpleNamespace:
    """The rows that the paths of the table name, and `people`: role -> user."""
    office = factories.Office()
    company = factories.CompanyFactory()
    member = factories.member_of(company)
    stranger = factories.member_of(factories.CompanyFactory())
    admin = factories.UserFactory(is_superuser=True, is_staff=True)
    people = {"anonymous": None, "member": member, "stranger": stranger, "admin": admin}
    people |= {role: getattr(office, role) for role in factories.STAFF}
    people |= {role: factories.UserFactory() for role in OTHER_GROUPS}
    groups = roles.ensure_groups()
    for role, group in OTHER_GROUPS.items():
        people[role].groups.add(groups[group])
    for user in filter(None, people.values()):
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)

    # Decided by others than the people of the table, so that four eyes do not stand in the way of a role.
    others = factories.Office()
    issued = factories.filed(others, steps=6, company=company, user=member)
    returned = factories.filed(others, steps=1, company=company, user=member)
    factories.finding(returned, others.verifikator)
    returned = perform(returned, "return", others.verifikator)
    repaired = factories.filed(others, steps=1, company=company, user=member)
    factories.finding(repaired, others.verifikator)
    repaired = perform(repaired, "return", others.verifikator)
    drafts.attach(repaired, member, "naskah-pp", factories.upload("diperbaiki.pdf"))
    repaired = perform(repaired, "repair", member)
    desk = factories.filed(others, steps=2, company=company, user=member)
    draft = factories.draft(company, member)
    answered = factories.finding(desk, others.korektor, state=Finding.State.ANSWERED, is_mandatory=False)
    requested = Membership.objects.create(
        company=company, user=factories.UserFactory(), role=Membership.Role.MEMBER, state=Membership.State.REQUESTED
    )
    mine = Membership.objects.create(
        company=factories.CompanyFactory(), user=member, role=Membership.Role.MEMBER, state=Membership.State.REQUESTED
    )
    colleague = Membership.objects.get(user=factories.member_of(company, Membership.Role.MEMBER))
    drafts.attach(returned, member, "naskah-pp", factories.upload("baru.pdf"))
    kept, name = tickets.stored("denah.pdf")
    message = talk.write(returned, member, "Terlampir.", by_company=True, file=kept, file_name=name)
    pkb = seeded.draft("pkb-baru", user=member)
    pkb = perform(perform(pkb, "file", member), "receive", others.registrasi)
    bystander = factories.UserFactory()
    past = {"person": bystander, "valid_from": dt.date(2026, 1, 5), "valid_until": dt.date(2026, 1, 9)}
    acting = ActingAppointment.objects.create(group=factories.group("kadis"), letter="800/1", **past)
    absence = Absence.objects.create(**past)
    norm = Norm.objects.create(code="D1", chapter="D", topic="Cuti tahunan", minimum="12 hari.", legal_basis="UU")
    wording = Wording.objects.create(title="Cuti", problem="Kurang.", request="Ubah.", is_shared=True)
    ticket = tickets.ticket(user=member, email=member.email, files=[tickets.stored("bukti.pdf")])
    meeting = meetings.meeting()
    regulation = CompanyRegulation.objects.get(company=company)
    sent_campaign = campaigns.send(campaigns.campaign())
    campaign_tasks.work_on(sent_campaign.pk)
    census = factories.CompanyFactory(source="census")
    paper_decree = censuses.paper_decree(factories.CompanyFactory())
    return SimpleNamespace(
        census=census,
        claim=Claim.objects.create(company=census, user=bystander, name="PT Klaim", proof=kept, proof_name=name),
        merge=CompanyMerge.objects.create(kept=company, kept_name=company.name, gone_pk=10**9, gone_name="PT Lebur"),
        ticket=ticket,
        campaign=campaigns.campaign(),
        sent_campaign=sent_campaign,
        addressee=sent_campaign.addressees.first(),
        rule=rules()[0],
        batch=censuses.checked(censuses.csv([censuses.line(1)])),
        taken_census=paper_decree.row.batch,
        paper_decree=paper_decree,
        saved=SavedFilter.objects.create(owner=office.korektor, place="kotak-masuk", name="Terlambat"),
        ticket_file=TicketFile.objects.get(entry__ticket=ticket),
        meeting=meeting,
        registration=meetings.registration(meeting),
        people=people,
        norm=norm,
        wording=wording,
        acting=acting,
        absence=absence,
        company=company,
        issued=issued,
        returned=returned,
        desk=desk,
        draft=draft,
        repaired=repaired,
        pkb=pkb,
        union_token=union.token_of(union.current(pkb)),
        naskah=desk.documents.get(code="naskah-pp"),
        written=factories.finding(desk, others.korektor),
        answered=answered,
        requested=requested,
        mine=mine,
        message=message,
        colleague=colleague,
        invitation=Invitation.objects.create(
            company=company, email=stranger.email, expires_at=timezone.now() + dt.timedelta(days=3)
        ),
        mail=Mail.objects.order_by("pk").first(),
        day=CalendarException.objects.create(date=dt.date(2026, 12, 1), reason="Uji"),
        law=LegalSource.objects.create(
            code="permen-uji", kind="permen", number="1", year=2026, title="Uji", short_name="Permen 1/2026"
        ),
        regulation=regulation,
        reminder=RenewalReminder.objects.create(
            regulation=regulation, valid_until=regulation.valid_until, step="90", due_on=dt.date(2026, 12, 1)
        ),
        report=_report(ReportKind.MONITORING),
        evidence=_report(ReportKind.EVIDENCE),
        superuser=get_user_model().objects.get(pk=admin.pk),
    )


def _report(kind: str) -> Report:
    """A finished report with one file."""
    days = {"first": dt.date(2026, 1, 1), "last": dt.date(2026, 3, 31)}
    report = Report.objects.create(kind=kind, state=ReportState.DONE, progress=100, **days)
    kept = intake.keep(kind.encode(), intake.Looked("application/octet-stream"))
    ReportFile.objects.create(report=report, ending="xlsx", file=kept)
    return report
