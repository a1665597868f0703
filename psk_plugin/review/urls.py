"""Addresses of the desk, below the Wagtail admin, which asks for access to the admin before any of them."""

from django.urls import path

from . import (
    bench_views,
    finding_views,
    handling_views,
    papers_views,
    parties,
    redlines,
    talk_views,
    views,
)

app_name = "psk_desk"

urlpatterns = [
    path("<int:pk>/", views.desk, name="desk"),
    path("<int:pk>/keputusan/<slug:code>/", views.decide, name="decide"),
    path("<int:pk>/norma/<int:norm>/", bench_views.answer_norm, name="answer_norm"),
    path("<int:pk>/norma/<int:norm>/temuan/", bench_views.begin_finding, name="begin_finding"),
    path("<int:pk>/berkas/<slug:code>/", bench_views.check_document, name="check_document"),
    path("<int:pk>/ambil/", handling_views.take, name="take"),
    path("<int:pk>/lepas/", handling_views.release, name="release"),
    path("<int:pk>/serahkan/", handling_views.hand_over, name="hand_over"),
    path("<int:pk>/temuan/", finding_views.add_finding, name="finding_add"),
    path("<int:pk>/temuan/<int:finding>/ubah/", finding_views.edit_finding, name="finding_edit"),
    path("<int:pk>/temuan/<int:finding>/hapus/", finding_views.delete_finding, name="finding_delete"),
    path("<int:pk>/temuan/<int:finding>/terima/", finding_views.accept_finding, name="finding_accept"),
    path("<int:pk>/temuan/<int:finding>/minta-lagi/", finding_views.ask_again, name="finding_ask_again"),
    path("<int:pk>/temuan/<int:finding>/kalimat/", finding_views.keep_wording, name="wording_keep"),
    path("<int:pk>/pemberitahuan/<int:sequence>.pdf", papers_views.notice, name="notice"),
    path("<int:pk>/berita-acara.pdf", papers_views.minutes_pdf, name="minutes"),
    path("<int:pk>/catatan/", views.add_note, name="note_add"),
    path("<int:pk>/pesan/", talk_views.message_add, name="message_add"),
    path("<int:pk>/pesan/<int:message>/berkas/", talk_views.message_file, name="message_file"),
    path("<int:pk>/banding/", redlines.compare_texts, name="redline"),
    path("<int:pk>/banding/kenali/", redlines.recognise, name="redline_recognise"),
    path("<int:pk>/serikat/tanya/", parties.union_ask, name="union_ask"),
    path("<int:pk>/serikat/kertas/", parties.union_paper, name="union_paper"),
    path("<int:pk>/serikat/pindaian/", parties.union_scan, name="union_scan"),
    path("<int:pk>/catatan-sk/", parties.decree_notes, name="decree_notes"),
    path("<int:pk>/dokumen/<slug:code>/", views.document, name="document"),
]
