"""Every `PSK_*` setting: its name, its default, what it means. Read as `conf.PUBLIC_URL`."""

from typing import Any

from django.conf import settings

DEFAULTS: dict[str, Any] = {
    #: Template the plugin's public pages extend. Must offer the blocks `title`, `content`, `extra_css`, `extra_js`.
    "BASE_TEMPLATE": "psk_plugin/base.html",
    #: Scheme and host under which the public reaches the site: goes into mails and into the decree's QR.
    "PUBLIC_URL": "http://127.0.0.1:8000",
    #: Name in `STORAGES` for what companies file; must have no public address.
    "RECORDS_STORAGE": "psk_records",
    #: Months that a new decree's number series restarts after: "year" or "never".
    "SERIES_RESTART": "year",
    #: Last year for which the joint decree on holidays and joint leave (SKB 3 Menteri) is known to `holidays`.
    "LAST_HOLIDAY_YEAR": 2027,
    #: Largest upload accepted at all, in megabytes; each required document may set less.
    "MAX_UPLOAD_MB": 10,
    #: Largest list (census) that is taken in, in megabytes, and most rows of it.
    "CENSUS_MAX_MB": 40,
    "CENSUS_MAX_ROWS": 200_000,
    #: Most pages of one PDF.
    "MAX_PDF_PAGES": 500,
    #: Most pages of a scanned text that are recognised (OCR), and seconds given to each of them.
    "OCR_MAX_PAGES": 120,
    "OCR_PAGE_SECONDS": 60,
    #: Words of both texts together up to which they are compared while the page waits; longer ones in a task.
    "REDLINE_WORDS_AT_ONCE": 120_000,
    #: Rows per page in lists.
    "PAGE_SIZE": 20,
    #: Most rows of a list of applications that one CSV or XLSX takes.
    "EXPORT_ROWS": 20_000,
    #: Seconds for which the register's totals are kept; they are counted anew when a regulation changes.
    "FIGURES_SECONDS": 300,
    #: Days before its end in which a regulation counts as expiring soon.
    "EXPIRING_DAYS": 90,
    #: Working days before its end by which the renewal of a PP must be asked for (Permenaker 28/2014 Ps 13(1)).
    "RENEWAL_WORKING_DAYS": 30,
    #: Months before a PKB's end in which talks on the next may begin (UU 13/2003 Ps 123(3)).
    "PKB_TALKS_MONTHS": 3,
    #: City served; a company located elsewhere too is beyond the office (Permenaker 28/2014 Ps 7).
    "CITY": "Kota Bekasi",
    #: Province of that city: a company with branches elsewhere in it belongs to the provincial office.
    "PROVINCE": "Jawa Barat",
    #: Who has authority over a company in several kabupaten/kota of the province, and over one in several provinces.
    "PROVINCIAL_OFFICE": "Dinas Tenaga Kerja dan Transmigrasi Provinsi Jawa Barat",
    "MINISTRY": "Kementerian Ketenagakerjaan",
    #: Days a person has to accept an invitation to a company.
    "INVITATION_DAYS": 14,
    #: Hour of the day (site's time zone) from which `psk_catch_up` sends the daily overviews.
    "DIGEST_HOUR": 6,
    #: Answers below which the satisfaction index is not published.
    "SURVEY_MIN_ANSWERS": 5,
    #: Extra origins of styles, fonts and pictures in the decree: none by default.
    "PDF_FONT_DIRS": (),
}


def __getattr__(name: str) -> Any:
    if name in DEFAULTS:
        return getattr(settings, f"PSK_{name}", DEFAULTS[name])
    raise AttributeError(f"No PSK setting is called {name}.")
