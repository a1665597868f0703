"""Campaigns of compliance: to which companies the office writes at one time, what, and what came of it."""

import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, Min, OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from ..companies.models import Company, Membership
from ..compliance.standing import Standing
from ..meetings.models import Meeting, Registration
from ..records.models import StoredFile
from ..services.models import REGULATION_KINDS
from ..submissions.models import Status, Submission

#: How long one run of the worker may take over a letter before another may take its place.
LEASE = dt.timedelta(minutes=3)
#: More than half kept out would be an experiment and no campaign.
MOST_HELD_BACK = 50


class CampaignQuerySet(models.QuerySet):
    def with_counts(self) -> "CampaignQuerySet":
        """Adds `addressed`, `drawn` (letters made), `by_mail`, `on_paper`, `failed`."""

        def rows(**conditions):
            return models.Count("addressees", filter=Q(addressees__group=Group.ADDRESSED, **conditions))

        return self.annotate(
            addressed=rows(),
            drawn=rows(addressees__file__isnull=False),
            by_mail=rows(addressees__mails__gt=0),
            on_paper=rows(addressees__mails=0),
            failed=models.Count("addressees", filter=Q(addressees__file__isnull=True) & ~Q(addressees__problem="")),
        )

    def waiting(self, now: dt.datetime | None = None) -> "CampaignQuerySet":
        """Being sent, and nobody is at it."""
        free = Q(busy_until__isnull=True) | Q(busy_until__lt=now or timezone.now())
        return self.filter(free, state=Campaign.State.SENDING)


class Campaign(models.Model):
    """One campaign. Until it is sent it can be changed; from then on its set of companies and its words are frozen."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("campaign", "Draft")
        SENDING = "sending", _("Letters are being made")
        SENT = "sent", pgettext_lazy("campaign", "Sent")

    title = models.CharField(_("title"), max_length=160, help_text=_("For the office; companies do not see it."))
    purpose = models.TextField(_("purpose"), max_length=1000, help_text=_("What it should achieve, in a sentence."))
    #: standings, kecamatans, sectors, sizes: lists of codes; an empty list does not limit.
    conditions = models.JSONField(default=dict)
    day = models.DateField(
        _("standing on"), null=True, blank=True, help_text=_("Empty: on the day on which the campaign is sent.")
    )
    held_back_percent = models.PositiveSmallIntegerField(
        _("kept out for comparison, percent"),
        default=0,
        validators=[MaxValueValidator(MOST_HELD_BACK, _("At most 50 percent can be kept out."))],
        help_text=_(
            "0 to 50. These companies are chosen at random when the campaign is sent and get no letter, so that its "
            "effect can be seen. 0: everybody is written to, and there is nobody to compare with."
        ),
    )
    meeting = models.ForeignKey(
        Meeting,
        verbose_name=_("invitation to the meeting"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="campaigns",
    )
    subject = models.CharField(_("subject of the letter"), max_length=150)
    text = models.TextField(_("text of the letter"), max_length=6000)
    sends_mail = models.BooleanField(
        _("send the letter by mail as well"),
        default=True,
        help_text=_("To companies with an e-mail address. The others get it on paper only."),
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT, editable=False)
    #: Letterhead, signer, meeting and words as they were when it was sent.
    content = models.JSONField(default=dict, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    #: A worker is at it until then at the latest.
    busy_until = models.DateTimeField(null=True, blank=True, editable=False)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: All letters in one file, and those alone that go out on paper only.
    print_file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    paper_file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = CampaignQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["busy_until"])

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        permissions = [("send_campaign", _("Can send campaigns"))]
        constraints = [
            models.CheckConstraint(condition=Q(held_back_percent__lte=MOST_HELD_BACK), name="psk_campaign_half_at_most")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class Exclusion(models.Model):
    """A company that somebody left out of a campaign by hand, with the reason."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="exclusions")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("reason"), max_length=250)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("company left out")
        verbose_name_plural = _("companies left out")
        constraints = [models.UniqueConstraint(fields=["campaign", "company"], name="psk_exclusion_once")]

    def __str__(self) -> str:
        return self.reason


class Group(models.TextChoices):
    """In which group of a campaign a company of its filter was."""

    ADDRESSED = "addressed", _("Written to")
    HELD_BACK = "held_back", _("Kept out at random, for comparison")
    LEFT_OUT = "left_out", _("Left out by hand")


class FollowUp(models.TextChoices):
    """How it stands with a company after the letter."""

    OPEN = "open", _("No answer yet")
    PROMISED = "promised", _("Will file")
    HELP = "help", _("Needs help")
    DISPUTED = "disputed", _("Says it need not file")
    RETURNED = "returned", _("Letter came back")
    CLOSED = "closed", _("Nothing more to do")


class AddresseeQuerySet(models.QuerySet):
    def addressed(self) -> "AddresseeQuerySet":
        return self.filter(group=Group.ADDRESSED)

    def pending(self) -> "AddresseeQuerySet":
        """Letters that a worker still has to make, in the order of their numbers."""
        return self.addressed().filter(file__isnull=True, problem="").order_by("sequence", "pk")

    def with_first_filing(self) -> "AddresseeQuerySet":
        """Adds `first_filed_at`: when the company first filed for a PP or PKB after the campaign was sent.

        Drafts do not count; an application that was rejected or withdrawn later does: the company did file.
        """
        filed = (
            Submission.objects.filter(
                company_id=OuterRef("company_id"),
                service__kind__in=REGULATION_KINDS,
                filed_at__gte=OuterRef("campaign__sent_at"),
            )
            .exclude(status=Status.DRAFT)
            .order_by()
            .values("company_id")
            .annotate(first=Min("filed_at"))
            .values("first")
        )
        return self.annotate(first_filed_at=Subquery(filed, output_field=models.DateTimeField()))

    def with_attendance(self) -> "AddresseeQuerySet":
        """Adds `has_registered` and `has_attended`, read from the meeting the campaign invites to.

        A person who wrote the company's name by hand counts for it.
        """
        own = Registration.objects.annotate(written=Lower("company_name")).filter(
            Q(company_id=OuterRef("company_id")) | Q(company__isnull=True, written=Lower(OuterRef("name"))),
            meeting_id=OuterRef("campaign__meeting_id"),
        )
        state = Registration.State
        return self.annotate(
            has_registered=Exists(own.exclude(state=state.CANCELLED)),
            has_attended=Exists(own.filter(state=state.ATTENDED)),
        )


class Addressee(models.Model):
    """A company of a sent campaign as it was on that day: written to, kept out or left out. Frozen when it is sent."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="addressees")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="addressed")
    group = models.CharField(pgettext_lazy("campaign", "group"), max_length=9, choices=Group, default=Group.ADDRESSED)
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    standing = models.CharField(_("standing"), max_length=10, choices=Standing)
    ended_on = models.DateField(null=True, blank=True)
    headcount = models.PositiveIntegerField(_("workers"), default=0)
    name = models.CharField(_("company"), max_length=200)
    address = models.CharField(_("address"), max_length=250, blank=True)
    kelurahan = models.CharField(_("kelurahan"), max_length=60, blank=True)
    kecamatan = models.CharField(_("kecamatan"), max_length=60, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    sequence = models.PositiveIntegerField(null=True, blank=True)
    number = models.CharField(_("number of the letter"), max_length=80, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: Of the letter to the company's double, where two companies were merged after the campaign.
    double_number = models.CharField(_("number of the letter to its double"), max_length=80, blank=True)
    double_file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(null=True, blank=True)
    #: Mails written with the letter; 0: on paper only; none: not yet decided.
    mails = models.PositiveSmallIntegerField(null=True, blank=True)
    #: Why its letter could not be made.
    problem = models.CharField(max_length=200, blank=True)
    follow_up = models.CharField(_("follow-up"), max_length=9, choices=FollowUp, default=FollowUp.OPEN)

    objects = AddresseeQuerySet.as_manager()

    class Meta:
        ordering = ["sequence", "name", "pk"]
        verbose_name = _("addressee")
        verbose_name_plural = _("addressees")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "company"], name="psk_addressee_once"),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="psk_letter_number_once"),
        ]
        indexes = [models.Index(fields=["campaign", "group", "sequence"], name="psk_addressee_order")]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """Kelurahan, kecamatan and postcode in one line."""
        parts = [self.kelurahan, self.kecamatan and f"Kec. {self.kecamatan}", self.postcode]
        return ", ".join(part for part in parts if part)


class Reply(models.Model):
    """What a company said to the letter, or how the office went after it. Rows are added, never changed."""

    class Way(models.TextChoices):
        PHONE = "phone", _("By telephone")
        MAIL = "mail", _("By mail or letter")
        VISIT = "visit", _("Visit")
        COUNTER = "counter", _("At the counter")
        RETURNED = "returned", _("Letter came back")

    addressee = models.ForeignKey(Addressee, on_delete=models.CASCADE, related_name="replies")
    way = models.CharField(_("way"), max_length=8, choices=Way)
    said_on = models.DateField(_("day"))
    text = models.TextField(_("what was said"), max_length=1000)
    follow_up = models.CharField(_("how it stands now"), max_length=9, choices=FollowUp)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    #: The same form pressed twice is one answer.
    form_key = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ["-said_on", "-pk"]
        verbose_name = pgettext_lazy("campaign", "answer")
        verbose_name_plural = pgettext_lazy("campaign", "answers")

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.said_on:%d-%m-%Y}"


def has_mail_address() -> Q:
    """Condition on companies: somebody of the company, or the company itself, can be reached by mail."""
    people = (
        Membership.objects.filter(company=OuterRef("pk"), state=Membership.State.ACTIVE, user__is_active=True)
        .exclude(user__email="")
        .order_by()
    )
    return Q(email__gt="") | Q(Exists(people))
