"""Addresses at which a company receives its decree and anyone checks one."""

from django.urls import path

from . import views

urlpatterns = [
    path("verifikasi/", views.decree_check, name="decree_check"),
    path("verifikasi/<str:code>/", views.decree_verify, name="decree_verify"),
    path("permohonan/<str:number>/sk.pdf", views.submission_decree, name="submission_decree"),
]
