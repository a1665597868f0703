"""Addresses of the company's own area and of the form."""

from django.urls import path

from . import views

urlpatterns = [
    path("permohonan/", views.submission_list, name="submission_list"),
    path("permohonan/draf/<uuid:token>/", views.submission_list, name="draft_resume"),
    path("permohonan/<str:number>/", views.submission_list, name="submission_detail"),
]
