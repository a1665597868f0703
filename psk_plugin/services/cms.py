"""The services' room in the Wagtail admin."""
