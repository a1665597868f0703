"""Penentuan Syarat Kerja: company regulations filed, examined, decreed and checked, inside a Wagtail site."""

__version__ = "0.1.0"
