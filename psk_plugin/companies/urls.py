"""Addresses of the companies' room."""

from django.urls import path

from . import views

urlpatterns = [
    path("perusahaan/", views.company_list, name="company_list"),
]
