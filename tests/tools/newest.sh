#!/bin/sh
# Prints a Python with the newest releases of everything the project names, in an environment of its own.
# Django's newest release may want a newer Python than the project's: the newest on this machine is taken.
# Usage: newest.sh FOLDER PYTHON
set -e
FOLDER=$1
NEWEST=$2
for version in 3.12 3.13 3.14; do
  for found in "$(command -v python$version || true)" "$HOME"/.pyenv/versions/$version.*/bin/python; do
    if [ -x "$found" ]; then NEWEST=$found; fi
  done
done
[ -x "$FOLDER/bin/python" ] || "$NEWEST" -m venv "$FOLDER" >&2
{
  # The project's own needs; what those need follows by itself.
  sed '/^# What those need/,$d; s/==.*//; /^#/d' requirements.txt
  printf '%s\n' pytest pytest-django pytest-xdist pytest-playwright factory_boy hypothesis zxing-cpp polib \
    axe-playwright-python
} >"$FOLDER/names.txt"
"$FOLDER/bin/python" -m pip install --quiet --disable-pip-version-check --upgrade -r "$FOLDER/names.txt" >&2
"$FOLDER/bin/python" -m pip list 2>/dev/null | grep -iE '^(django|wagtail|wagtail-modeladmin|django-allauth) ' >&2
echo "$FOLDER/bin/python"
