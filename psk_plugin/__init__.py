"""Penentuan Syarat Kerja: company regulations filed, examined, decreed and checked, inside a Wagtail site."""

from pathlib import Path

__version__ = "0.1.0"

#: For LOCALE_PATHS of an Indonesian site: what Wagtail's own catalogue lacks, for its pages and its scripts.
WAGTAIL_WORDS = Path(__file__).parent / "wagtail_locale"
