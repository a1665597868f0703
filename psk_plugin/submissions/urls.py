"""Addresses of the form and of the company's own area."""

from django.urls import path

from . import origin_views, repair_views, union_views, views, wizard_views
from .changes import text_changes

urlpatterns = [
    path("layanan/", wizard_views.service_list, name="service_list"),
    path("layanan/<slug:code>/", wizard_views.service_form, name="service_form"),
    path("layanan/<slug:code>/mulai/", wizard_views.start, name="service_start"),
    path("konfirmasi/<str:token>/", union_views.confirmation, name="union_confirmation"),
    path("konfirmasi/<str:token>/naskah/<slug:code>/", union_views.text, name="union_text"),
    path("peraturan/", origin_views.own_regulations, name="own_regulations"),
    path("peraturan/<int:pk>/lanjut/", origin_views.choose, name="regulation_next"),
    path("permohonan/", views.submission_list, name="submission_list"),
    path("permohonan/draf/<uuid:token>/", wizard_views.resume, name="draft_resume"),
    path("permohonan/draf/<uuid:token>/ajukan/", wizard_views.file_application, name="draft_file"),
    path("permohonan/draf/<uuid:token>/hapus/", wizard_views.discard, name="draft_discard"),
    path(
        "permohonan/draf/<uuid:token>/berkas/<slug:code>/",
        wizard_views.pending_file,
        name="draft_pending_file",
    ),
    path("permohonan/draf/<uuid:token>/<slug:slug>/", wizard_views.step, name="draft_step"),
    path("permohonan/<str:number>/", views.submission_detail, name="submission_detail"),
    path("permohonan/<str:number>/tanda-terima/", views.receipt, name="submission_receipt"),
    path("permohonan/<str:number>/tanda-terima.pdf", views.receipt_pdf, name="submission_receipt_pdf"),
    path("permohonan/<str:number>/perbaikan/", repair_views.repair, name="submission_repair"),
    path(
        "permohonan/<str:number>/pemberitahuan/<int:sequence>.pdf",
        repair_views.notice_pdf,
        name="submission_notice",
    ),
    path("permohonan/<str:number>/ajukan-lagi/", views.apply_again, name="submission_again"),
    path("permohonan/<str:number>/serikat/", union_views.ask_again, name="union_ask_again"),
    path("permohonan/<str:number>/batalkan/", views.withdraw, name="submission_withdraw"),
    path("permohonan/<str:number>/perubahan/<slug:code>/", text_changes, name="submission_changes"),
    path(
        "permohonan/<str:number>/berkas/<slug:code>/<int:version>/",
        views.document_file,
        name="submission_document",
    ),
]
