#!/bin/sh
# A Chromium for the browser tests: the system's, or Playwright's own; installed if there is none.
# Usage: ensure_browser.sh PYTHON
PY=$1
if "$PY" -m tests.tools.browser >/dev/null 2>&1; then exit 0; fi
echo "Tidak ada Chromium; memasangnya untuk pengujian peramban."
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  { apt-get update && apt-get install -y --no-install-recommends chromium; } >/dev/null 2>&1
else
  "$PY" -m playwright install chromium >/dev/null 2>&1
fi
if "$PY" -m tests.tools.browser >/dev/null 2>&1; then exit 0; fi
echo "Chromium tidak dapat dipasang. Pengujian peramban dilewati; selebihnya tetap dijalankan."
echo "Pasang sendiri dengan 'apt-get install chromium' (Debian) atau '$PY -m playwright install --with-deps chromium'."
[ -z "$CI" ]
