"""A StreamField whose list of blocks is code, not schema."""

from typing import Any

from wagtail.fields import StreamField


class BodyField(StreamField):
    """StreamField that leaves its blocks out of migrations.

    The database column is JSON whatever the blocks are. The plugin's blocks are on the list too, and a release of
    the plugin that adds a choice to one of them must not ask this site for a migration.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, _args, kwargs = super().deconstruct()
        # What a StreamField without blocks says of itself: the migration's copy of this field is one.
        kwargs["block_lookup"] = {}
        return name, "wagtail.fields.StreamField", [[]], kwargs
