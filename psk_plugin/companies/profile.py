"""The profile as one thing on the screen: the company's form and its rows, judged together and saved together."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.forms import BoundField
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from .forms import BranchRows, CompanyForm, UnionRows
from .merged import FOR_COMPANY, held
from .models import Company, Membership

#: Prefixes of the two lists of rows, and values of the "add a row" buttons.
UNIONS, BRANCHES = "unions", "branches"


class NibTaken(Exception):
    """Another company is registered under this NIB."""


class ProfileForms:
    """Form and rows of one company; a company without key is a new one."""

    def __init__(self, data: QueryDict | None = None, company: Company | None = None) -> None:
        self.company = company
        self.is_new = company is None
        # Each form writes into the instance it is given, right or wrong: the page's own copy stays as it is saved.
        own = Company() if company is None else Company.objects.get(pk=company.pk)
        self.form = CompanyForm(data, instance=own)
        if company is not None and data is None:
            self.form.initial["seen"] = str(latest_version(company.pk))
        self.unions = UnionRows(data, instance=own, prefix=UNIONS)
        self.branches = BranchRows(data, instance=own, prefix=BRANCHES)

    @classmethod
    def with_another_row(cls, data: QueryDict, prefix: str, company: Company | None = None) -> "ProfileForms":
        """What was typed, not judged yet, with one more blank row in the list called `prefix`."""
        forms = cls.unjudged(_add_row(data, prefix), company)
        added = (forms.unions if prefix == UNIONS else forms.branches).forms
        if added:
            added[-1].fields["name"].widget.attrs["autofocus"] = True
        return forms

    @classmethod
    def unjudged(cls, data: QueryDict, company: Company | None = None) -> "ProfileForms":
        """What was typed, shown again without a word about it."""
        forms = cls(data, company)
        forms.form.is_quiet = forms.unions.is_quiet = forms.branches.is_quiet = True
        return forms

    @property
    def rows(self) -> tuple[UnionRows, BranchRows]:
        return self.unions, self.branches

    def is_valid(self) -> bool:
        """Whether everything can be saved. Rows must agree with the yes or no asked before them."""
        right = [part.is_valid() for part in (self.form, *self.rows)]
        self._agree("has_unions", self.unions, _("Write down at least one union, or choose “No”."))
        self._agree("has_branches", self.branches, _("Write down at least one branch, or choose “No”."))
        return all(right) and self.form.is_valid()

    def _agree(self, question: str, rows: Any, missing: str) -> None:
        answer, present = self.form.cleaned_data.get(question), len(rows.rows_that_count)
        if answer is True and not present:
            self.form.add_error(question, missing)
        elif answer is False and present:
            self.form.add_error(
                question, _("You chose “No”, but rows are filled in below. Delete the rows, or choose “Yes”.")
            )
        if sentence := rows.too_many():
            self.form.add_error(question, sentence)

    @property
    def has_changed(self) -> bool:
        told = set(self.form.changed_data) - {"reason", "seen", "has_unions", "has_branches"}
        return bool(told) or any(rows.has_changed() for rows in self.rows)

    def problems(self) -> list[tuple[str, str]]:
        """Address on the page and sentence of every problem, in the order of the page."""
        found: list[tuple[str, str]] = [("#" + _anchor(self.form["name"]), e) for e in self.form.non_field_errors()]
        fields = list(self.form.visible_fields())
        gates = {"has_unions": self.unions, "has_branches": self.branches}
        for field in fields:
            found += [("#" + _anchor(field), _told(field, error)) for error in field.errors]
            if rows := gates.get(field.name):
                found += self._row_problems(rows)
        return found

    def _row_problems(self, rows: Any) -> list[tuple[str, str]]:
        found = []
        if rows.non_form_errors():
            found.append((f"#{rows.prefix}", _("This list could not be read. Please open the page again.")))
        for number, row in enumerate(rows.forms, 1):
            if row["DELETE"].data:
                continue
            where = _("Row %d") % number
            for name, errors in row.errors.items():
                field = row[name] if name in row.fields and name != "id" else None
                anchor = _anchor(field) if field else rows.prefix
                found += [(f"#{anchor}", f"{where}: {_told(field, error)}") for error in errors]
        return found

    def save(self, user) -> Company:
        """Write everything in one transaction, with who and why; a new company gets `user` as its owner.

        Raises `NibTaken` where somebody registered the NIB first, `ValidationError` where somebody else saved
        the same profile meanwhile. Nothing is written then.
        """
        try:
            with transaction.atomic():
                return self._save(user)
        except IntegrityError as error:
            if self.nib_is_taken():
                raise NibTaken from error
            raise

    @property
    def typed_nib(self) -> str:
        """The NIB as typed, without its separators, right or wrong."""
        return self.form.fields["nib"].to_python(self.form.data.get("nib", "").replace("\x00", ""))

    def nib_is_taken(self) -> bool:
        """Whether another company stands under the NIB typed."""
        others = Company.objects.filter(nib=self.typed_nib)
        return others.exclude(pk=self.company.pk).exists() if self.company else others.exists()

    def _save(self, user) -> Company:
        now = timezone.now()
        company = self.form.instance
        if not self.is_new:
            if held(company.pk) is None:
                raise ValidationError(FOR_COMPANY)
            newest = str(latest_version(company.pk))
            if self.form.cleaned_data["seen"] != newest:
                self.form.data = self.form.data.copy()
                self.form.data["seen"] = newest
                raise ValidationError(
                    _(
                        "Somebody else of your company saved this profile while you were writing. What you typed "
                        "is still here. Please compare it with the profile, then save again."
                    )
                )
        reason = _("Registered") if self.is_new else self.form.cleaned_data["reason"] or _("Profile updated")
        _sign(company, user, now, reason)
        company.save()
        for rows in self.rows:
            rows.save(commit=False)
            for row in (*rows.new_objects, *(changed for changed, _fields in rows.changed_objects)):
                row.company = company
                _sign(row, user, now, reason)
                row.save()
            for row in rows.deleted_objects:
                _sign(row, user, now, reason)
                row.delete()
        if self.is_new:
            membership = Membership(company=company, user=user, role=Membership.Role.OWNER)
            _sign(membership, user, now, reason)
            membership.save()
        return company


def latest_version(company_id: int) -> int:
    """Number of the newest version of the company's profile."""
    return Company.history.filter(id=company_id).order_by("-history_id").values_list("history_id", flat=True).first()


def _sign(instance: Any, user, moment, reason: str) -> None:
    """Who, when and why, for the row of history that the next save or delete writes.

    One moment for everything that is saved together: the history puts it together again by it.
    """
    instance._history_user, instance._history_date, instance._change_reason = user, moment, reason[:100]


def _anchor(field: BoundField) -> str:
    return field.auto_id if field.use_fieldset else field.id_for_label


def _told(field: BoundField | None, error: str) -> str:
    """The sentence with the question's name before it, unless it names it itself."""
    label = str(field.label) if field is not None else ""
    return error if not label or label in error else f"{label}: {error}"


def _add_row(data: QueryDict, prefix: str) -> QueryDict:
    data = data.copy()
    key = f"{prefix}-TOTAL_FORMS"
    present = data.get(key, "")
    if present.isascii() and present.isdigit() and len(present) < 5:
        data[key] = str(int(present) + 1)
    return data
