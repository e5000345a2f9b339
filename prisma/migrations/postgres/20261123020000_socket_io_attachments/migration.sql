-- Events too large for NOTIFY travel through this table, in the form that @socket.io/postgres-adapter expects.
-- Written by hand, for Postgres only: with SQLite there is one process, and events never leave it.
CREATE TABLE "socket_io_attachments" (
    "id" BIGSERIAL UNIQUE,
    "created_at" TIMESTAMPTZ DEFAULT NOW(),
    "payload" BYTEA
);
