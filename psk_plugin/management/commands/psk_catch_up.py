"""Everything that should have happened by now and did not: mails, PDFs, texts read, repairs past their date, overviews.

Meant for cron, every five minutes. Safe to run any number of times, and beside itself.
"""

from django.core.management.base import BaseCommand

from ...campaigns.tasks import catch_up as go_on_with_campaigns
from ...census.working import catch_up as go_on_with_censuses
from ...decrees.rendering import render_missing
from ...meetings.verbs import remind
from ...outreach import digest, outbox
from ...outreach.limits import warn_of_limits
from ...outreach.models import Mail
from ...regulations.comparing import forget_old
from ...regulations.reading import read_missing
from ...reminders import verbs as reminders
from ...reports.making import make_missing
from ...submissions import notice_paper
from ...submissions.lifecycle import lapse_overdue


class Command(BaseCommand):
    help = (
        "Sends waiting mails, makes missing PDFs, reads missing texts, closes overdue repairs. Safe to run at any time."
    )

    def handle(self, *args, **options) -> None:
        # Decrees first: a rendered decree writes mails, which this run then sends.
        self.stdout.write(f"Keputusan dibuat PDF-nya: {render_missing()}.")
        self.stdout.write(f"Pemberitahuan perbaikan dibuat PDF-nya: {notice_paper.render_missing()}.")
        self.stdout.write(f"Permohonan ditutup karena batas perbaikan terlampaui: {lapse_overdue()}.")
        self.stdout.write(f"Naskah dibaca: {read_missing()}.")
        forget_old()
        self.stdout.write(f"Laporan dibuat: {make_missing()}.")
        self.stdout.write(f"Pengingat pertemuan ditulis: {remind()}.")
        planned, sent = reminders.run()
        self.stdout.write(f"Pengingat masa berlaku: {planned} direncanakan, {sent} perusahaan disurati.")
        self.stdout.write(f"Batas 30 hari kerja diingatkan: {warn_of_limits()} permohonan.")
        self.stdout.write(f"Kampanye yang dilanjutkan: {go_on_with_campaigns()}.")
        self.stdout.write(f"Sensus yang dilanjutkan: {go_on_with_censuses()}.")
        if digest.is_due():
            self.stdout.write(f"Ringkasan harian ditulis: {digest.send_digests()}.")
        outcome = outbox.catch_up()
        self.stdout.write(
            f"Surel: {outcome.get(Mail.State.SENT, 0)} terkirim, {outcome.get(Mail.State.FAILED, 0)} gagal dan akan "
            f"dicoba lagi, {outcome.get(Mail.State.REFUSED, 0)} ditolak karena alamat."
        )
        if stuck := outbox.given_up():
            self.stdout.write(
                self.style.WARNING(f"{stuck} surel sudah terlalu sering gagal. Buka menu Surel dan kirim ulang.")
            )
