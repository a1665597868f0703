"""What Wagtail's migrations put into an empty database, and a flush takes away."""

from wagtail.models import Collection, Locale, Page, Site


def ensure_root() -> None:
    """Root page, locale, collection and site, where they are missing."""
    Locale.objects.get_or_create(language_code="id-id")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    if not Page.objects.exists():
        root = Page.add_root(title="Root", slug="root", locale=Locale.objects.get())
        home = root.add_child(instance=Page(title="Selamat datang", slug="home", locale=Locale.objects.get()))
        Site.objects.get_or_create(hostname="localhost", defaults={"root_page": home, "is_default_site": True})
