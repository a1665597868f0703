#!/bin/sh
# Runs a command with DATABASE_URL naming a PostgreSQL of its own, made for this and removed after it.
# Installs Debian's postgresql where there is none and we may. Usage: with_postgres.sh COMMAND...
set -e
find_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }
BIN=$(find_bin)
if [ -z "$BIN" ] && command -v pg_ctl >/dev/null 2>&1; then BIN=$(dirname "$(command -v pg_ctl)"); fi
if [ -z "$BIN" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Memasang PostgreSQL untuk pengujian."
  { apt-get update && apt-get install -y --no-install-recommends postgresql; } >/dev/null 2>&1 || true
  BIN=$(find_bin)
fi
if [ -z "$BIN" ]; then
  echo "PostgreSQL tidak ada dan tidak dapat dipasang. Pasang paket 'postgresql', lalu ulangi." >&2
  exit 1
fi
DIR=$(mktemp -d /tmp/psk-pg.XXXXXX)
# The server refuses to run as root: then it runs as the user its package made.
if [ "$(id -u)" = 0 ]; then
  chown postgres "$DIR"
  as_owner() { su postgres -s /bin/sh -c "$1"; }
else
  as_owner() { sh -c "$1"; }
fi
PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
stop() { as_owner "$BIN/pg_ctl -D $DIR/data -m immediate stop" >/dev/null 2>&1 || true; rm -rf "$DIR"; }
trap stop EXIT INT TERM
as_owner "$BIN/initdb -D $DIR/data -U psk -A trust -E UTF8 --locale=C.UTF-8" >/dev/null
as_owner "$BIN/pg_ctl -D $DIR/data -w -l $DIR/log -o '-c listen_addresses=127.0.0.1 -p $PORT -k $DIR -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200' start" >/dev/null
as_owner "$BIN/createdb -h 127.0.0.1 -p $PORT -U psk psk"
DATABASE_URL="postgres://psk@127.0.0.1:$PORT/psk" "$@"
