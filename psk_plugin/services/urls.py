"""Addresses of the services' room."""

urlpatterns: list = []
