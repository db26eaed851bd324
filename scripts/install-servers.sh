#!/bin/sh
# Installs the Redis and PostgreSQL servers that the queue suites start for themselves (Debian and Ubuntu, as root).
# What is already there is left alone, so running it again does nothing. No service is left running.
set -eu

have_redis() { command -v redis-server >/dev/null 2>&1; }
have_postgres() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1; }

missing=""
if have_redis; then echo "redis-server: already installed"; else missing="$missing redis-server"; fi
if have_postgres; then echo "postgresql: already installed"; else missing="$missing postgresql"; fi
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
  echo "missing:$missing. Run this as root, for example: sudo sh $0" >&2
  exit 1
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "missing:$missing. There is no apt-get here; install them your own way." >&2
  exit 1
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT

# The suites start their own servers on free ports: keep the packages from starting theirs.
# A policy-rc.d that somebody else put there is left as it is.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
  trap 'rm -f "$log" "$policy"' EXIT
fi

run() {
  what=$1
  shift
  if DEBIAN_FRONTEND=noninteractive "$@" >"$log" 2>&1; then
    echo "$what: done"
  else
    echo "$what: failed" >&2
    tail -n 20 "$log" >&2
    exit 1
  fi
}

run "apt-get update" apt-get update
for package in $missing; do
  run "$package: install" apt-get install -y --no-install-recommends "$package"
done

have_redis || { echo "redis-server: still missing after the installation" >&2; exit 1; }
have_postgres || { echo "postgresql: still missing after the installation" >&2; exit 1; }
