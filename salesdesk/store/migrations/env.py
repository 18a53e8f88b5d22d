"""Alembic's entry: runs the steps on the connection that `store.migrate` hands in."""

from alembic import context

from salesdesk.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
