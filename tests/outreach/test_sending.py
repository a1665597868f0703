"""Bad luck on the way to the recipient."""

import datetime as dt
import io
import logging
import smtplib

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from psk_plugin.outreach import outbox
from psk_plugin.outreach.models import MAX_ATTEMPTS, Mail

from .. import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting():
    """A mail as it stands after its transaction, not sent yet."""
    factories.filed(company=factories.CompanyFactory(), user=None)
    mail.outbox.clear()
    return Mail.objects.get()


def break_server(monkeypatch, error: Exception) -> None:
    def send(self, fail_silently=False):
        raise error

    monkeypatch.setattr("psk_plugin.outreach.outbox.EmailMultiAlternatives.send", send)


def make_due(row: Mail) -> None:
    Mail.objects.filter(pk=row.pk).update(not_before=timezone.now() - dt.timedelta(seconds=1))


def test_server_down_keeps_the_mail_and_a_later_run_sends_it_once(waiting, monkeypatch):
    with monkeypatch.context() as broken:
        break_server(broken, ConnectionRefusedError("111"))
        assert outbox.deliver(waiting.pk) == Mail.State.FAILED
    waiting.refresh_from_db()
    assert waiting.attempts == 1 and waiting.failure == "ConnectionRefusedError"
    assert outbox.catch_up() == {}, "not before its time"

    make_due(waiting)
    assert outbox.catch_up() == {Mail.State.SENT: 1}
    make_due(waiting)
    assert outbox.catch_up() == {}
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (smtplib.SMTPRecipientsRefused({"x@y.test": (550, b"no such user x@y.test")}), Mail.State.REFUSED),
        (smtplib.SMTPRecipientsRefused({"x@y.test": (451, b"try later")}), Mail.State.FAILED),
        (smtplib.SMTPDataError(554, b"spam"), Mail.State.FAILED),
        (smtplib.SMTPAuthenticationError(535, b"bad"), Mail.State.FAILED),
        (smtplib.SMTPServerDisconnected("gone"), Mail.State.FAILED),
        (TimeoutError("slow"), Mail.State.FAILED),
    ],
)
def test_outcomes(waiting, monkeypatch, error, state):
    break_server(monkeypatch, error)
    assert outbox.deliver(waiting.pk) == state
    waiting.refresh_from_db()
    assert waiting.state == state and "@" not in waiting.failure


def test_refused_address_is_not_tried_again(waiting, monkeypatch):
    break_server(monkeypatch, smtplib.SMTPRecipientsRefused({"x@y.test": (550, b"")}))
    outbox.deliver(waiting.pk)
    make_due(waiting)
    monkeypatch.undo()
    assert outbox.catch_up() == {} and not mail.outbox


def test_address_no_server_could_take_is_refused_not_an_error(waiting):
    Mail.objects.filter(pk=waiting.pk).update(recipient="a@b.test\nBcc: c@d.test")
    assert outbox.deliver(waiting.pk) == Mail.State.REFUSED


def test_two_processes_at_once_send_once(waiting, monkeypatch):
    """The second comes while the first is talking to the mail server."""
    seen = []

    def send(self, fail_silently=False):
        seen.append(outbox.deliver(waiting.pk))
        return 1

    monkeypatch.setattr("psk_plugin.outreach.outbox.EmailMultiAlternatives.send", send)
    assert outbox.deliver(waiting.pk) == Mail.State.SENT
    assert seen == [None]


def test_a_process_that_died_while_sending_leaves_a_mail_that_is_due_again(waiting, monkeypatch):
    break_server(monkeypatch, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        outbox.deliver(waiting.pk)
    monkeypatch.undo()
    assert outbox.catch_up() == {}
    make_due(waiting)
    assert outbox.catch_up() == {Mail.State.SENT: 1}


def test_too_many_failures_wait_for_a_person_who_can_send_by_hand(
    waiting, monkeypatch, django_capture_on_commit_callbacks
):
    Mail.objects.filter(pk=waiting.pk).update(attempts=MAX_ATTEMPTS, state=Mail.State.FAILED)
    assert outbox.catch_up() == {} and outbox.given_up() == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert outbox.send_again(Mail.objects.get())
    assert Mail.objects.get().state == Mail.State.SENT and len(mail.outbox) == 1


def test_log_never_names_an_address(waiting, monkeypatch, caplog):
    break_server(monkeypatch, smtplib.SMTPRecipientsRefused({waiting.recipient: (550, b"no")}))
    with caplog.at_level(logging.DEBUG):
        outbox.deliver(waiting.pk)
    assert f"Mail {waiting.pk}" in caplog.text
    assert waiting.recipient not in caplog.text and "@" not in caplog.text


def test_catch_up_command_says_what_it_did_in_indonesian(waiting):
    out = io.StringIO()
    call_command("psk_catch_up", stdout=out)
    assert "1 terkirim" in out.getvalue()
    out = io.StringIO()
    call_command("psk_catch_up", stdout=out)
    assert "0 terkirim" in out.getvalue() and len(mail.outbox) == 1
