"""Addresses of the company's side; the office's are the desk's."""

from django.urls import path

from . import views

urlpatterns = [
    path("permohonan/<str:number>/pesan/", views.thread, name="submission_messages"),
    path("permohonan/<str:number>/pesan/<int:pk>/berkas/", views.message_file, name="submission_message_file"),
]
