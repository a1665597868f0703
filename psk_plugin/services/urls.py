"""Addresses of the services' room."""

from django.urls import path

from . import views

urlpatterns = [path("layanan/<slug:code>/leaflet.pdf", views.leaflet, name="service_leaflet")]
