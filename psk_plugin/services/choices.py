"""Closed lists of a service: what it is about, kinds of answers and stages, conditions, roles."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What the service is about. PP is approved, PKB is registered: different verbs, papers and texts.

    Only these two put a regulation of the company in force; any other service ends with its certificate.
    """

    PP = "PP", _("Company regulation (PP)")
    PKB = "PKB", _("Collective labour agreement (PKB)")
    OTHER = "LAIN", _("Other service")


#: Kinds whose decree puts a regulation of the company in force.
REGULATION_KINDS = (Kind.PP, Kind.PKB)


class FilingType(models.TextChoices):
    NEW = "baru", _("New")
    RENEWAL = "pembaharuan", _("Renewal")
    EXTENSION = "perpanjangan", _("Extension")
    AMENDMENT = "perubahan", _("Amendment")


class Condition(models.TextChoices):
    """When a document must be there, or a question is asked."""

    REQUIRED = "required", _("Required")
    IF_NO_UNION = "if_no_union", _("Required if there is no union")
    IF_UNION = "if_union", _("Required if there is a union")
    IF_BRANCHES = "if_branches", _("Required if there are branches")
    IF_ANSWER = "if_answer", _("Required if a question is answered so")
    IF_UNRECORDED = "if_unrecorded", _("Required if the office lacks the old decree and text")
    OPTIONAL = "optional", _("Optional")


class Asked(models.TextChoices):
    """When a question is asked."""

    ALWAYS = "always", _("Always")
    IF_NO_UNION = "if_no_union", _("Only if there is no union")
    IF_UNION = "if_union", _("Only if there is a union")
    IF_BRANCHES = "if_branches", _("Only if there are branches")
    IF_ANSWER = "if_answer", _("Only if an earlier question is answered so")
    IF_UNRECORDED = "if_unrecorded", _("Only if the old regulation is not in our records")


class SendBack(models.TextChoices):
    """To which earlier stages staff may send an application back."""

    ANY = "any", _("Any earlier stage")
    PREVIOUS = "previous", _("Only the stage before")
    NONE = "none", _("None")


class MailMoment(models.TextChoices):
    """Moments at which the company gets a mail whose words an editor may write."""

    FILED = "file", _("Application filed")
    RETURNED = "return", _("Returned for repair")
    REJECTED = "reject", _("Rejected")
    WITHDRAWN = "withdraw", _("Withdrawn by the company")
    LAPSED = "lapse", _("Closed, time for repair is over")
    ISSUED = "issue", _("Decree issued")


class StageKind(models.TextChoices):
    """Carries behaviour; order, people, titles and days are the editor's."""

    REGISTRATION = "registration", pgettext_lazy("stage", "Registration")
    COMPLETENESS = "completeness", _("Completeness of documents")
    SUBSTANCE = "substance", _("Substance")
    ENDORSEMENT = "endorsement", _("Initials (paraf)")
    SIGNATURE = "signature", _("Signature")


class FieldKind(models.TextChoices):
    TEXT = "text", _("Short text")
    LONG_TEXT = "long_text", _("Long text")
    NUMBER = "number", pgettext_lazy("kind of answer", "Number")
    MONEY = "money", _("Money (rupiah)")
    DATE = "date", _("Date")
    PERIOD = "period", _("Period (from, until)")
    YES_NO = "yes_no", _("Yes or no")
    CHOICE = "choice", _("One of several")
    SEVERAL = "several", _("Several of several")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Telephone")
    NIB = "nib", "NIB"
    NPWP = "npwp", "NPWP"
    KBLI = "kbli", "KBLI"
    KECAMATAN = "kecamatan", "Kecamatan"
    FILE = "file", _("File")
    TABLE = "table", _("Table of rows")


class FieldRole(models.TextChoices):
    """What the office's machinery uses an answer for, whatever the editor called the field."""

    NONE = "", _("None")
    TITLE = "title", _("Title of the regulation")
    PERIOD = "period", _("Period of validity")
    LETTER_NUMBER = "letter_number", _("Number of the application letter")
    LETTER_DATE = "letter_date", _("Date of the application letter")
    RESPONSIBLE = "responsible", _("Name of the responsible person")
    RESPONSIBLE_POSITION = "responsible_position", _("Position of the responsible person")
    SEQUENCE = "sequence", _("Which renewal or amendment it is")
    AMENDED = "amended", _("Articles that are amended")
    PREVIOUS_NUMBER = "previous_number", _("Number of the old decree")
    PREVIOUS_DATE = "previous_date", _("Date of the old decree")
    PREVIOUS_PERIOD = "previous_period", _("Period of the old regulation")
    NEGOTIATING = "negotiating", _("Whether a PKB is being negotiated")
    TALKS_START = "talks_start", _("Day on which the talks began")
    UNION = "union", _("Name of the union")
    UNION_NUMBER = "union_number", _("Registration number of the union")
    UNION_DATE = "union_date", _("Date of the union's registration")
    UNION_MEMBERS = "union_members", _("Members of the union in the company")
    WORKERS = "workers", _("All workers of the company")
    UNION_CONTACT = "union_contact", _("Person of the union to be asked")
    UNION_EMAIL = "union_email", _("E-mail of the union")


class ClauseSection(models.TextChoices):
    READING = "membaca", "Membaca"
    CONSIDERING = "menimbang", "Menimbang"
    RECALLING = "mengingat", "Mengingat"
    DECIDING = "menetapkan", "Menetapkan"
    COPIES = "tembusan", "Tembusan"
