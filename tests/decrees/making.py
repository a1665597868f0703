"""Decrees for tests, made the way the office makes them."""

import datetime as dt
import io

from django.utils import timezone

from psk_plugin.decrees.models import Decree
from psk_plugin.decrees.rendering import render_once
from psk_plugin.records.intake import storage
from psk_plugin.submissions.lifecycle import perform
from psk_plugin.submissions.models import Submission

from .. import factories


def issued(office, **kwargs) -> Decree:
    """A decree just signed; its PDF is made after a commit, which a test's transaction does not reach."""
    return factories.filed(office, steps=6, **kwargs).decree


def rendered(office, **kwargs) -> Decree:
    decree = issued(office, **kwargs)
    render_once(decree.pk)
    return Decree.objects.get(pk=decree.pk)


def at_signature(office, **kwargs) -> Submission:
    return factories.filed(office, steps=5, **kwargs)


def sign(submission: Submission, office) -> Decree:
    return perform(submission, "sign", office.kadis).decree


def pdf_of(decree: Decree) -> bytes:
    with storage().open(decree.file.path, "rb") as handle:
        return handle.read()


def words_of(data: bytes) -> str:
    """All words of a PDF, with single spaces."""
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def with_dates(decree: Decree, first: int, last: int, **more) -> Decree:
    """The decree as if it were valid from `first` to `last` days from today."""
    today = timezone.localdate()
    Decree.objects.filter(pk=decree.pk).update(
        valid_from=today + dt.timedelta(days=first), valid_until=today + dt.timedelta(days=last), **more
    )
    return Decree.objects.get(pk=decree.pk)
