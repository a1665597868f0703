"""Indexes that only PostgreSQL has and that no other database misses."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement
from django.db.models import Index, Model

#: Inside PL/pgSQL, so that an office whose database role may not add the extension still gets its tables.
_TRIGRAMS = """DO $psk$ BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX %(name)s ON %(table)s USING gin (%(columns)s);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
  RAISE WARNING 'pg_trgm is missing, searching will be slow: %%', SQLERRM;
END $psk$"""


class PostgresIndex(Index):
    """Made on PostgreSQL only."""

    #: The statement, with name, table and columns.
    template = "CREATE INDEX %(name)s ON %(table)s (%(columns)s)"

    def column_sql(self, column: str) -> str:
        return column

    def create_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor, using: str = "", **kwargs):
        if schema_editor.connection.vendor != "postgresql":
            return Statement("SELECT 1")
        quote = schema_editor.quote_name
        columns = (quote(model._meta.get_field(name).column) for name in self.fields)
        return Statement(
            self.template,
            name=quote(self.name),
            table=quote(model._meta.db_table),
            columns=", ".join(self.column_sql(column) for column in columns),
        )

    def remove_sql(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor, **kwargs):
        if schema_editor.connection.vendor != "postgresql":
            return Statement("SELECT 1")
        return Statement("DROP INDEX IF EXISTS %(name)s", name=schema_editor.quote_name(self.name))


class TrigramIndex(PostgresIndex):
    """Finds words in the middle of short texts (`icontains`) without reading the whole table.

    A GIN index of trigrams over what Django compares there, `UPPER(column)`. SQLite does without: it reads a hundred
    thousand names in a few hundredths of a second.
    """

    template = _TRIGRAMS

    def column_sql(self, column: str) -> str:
        return f"UPPER({column}) gin_trgm_ops"


class LastFirstIndex(PostgresIndex):
    """For a list that runs downwards by one day, the empty ones at the end, and by key within the day."""

    template = "CREATE INDEX %(name)s ON %(table)s (%(columns)s DESC NULLS LAST, id DESC)"
