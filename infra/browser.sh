#!/bin/sh
# Chromium and its driver for the browser tests: Debian's own packages, by name. Elsewhere
# any Chromium with a driver of the same version on the PATH will do.
set -eu
packages="chromium chromium-driver"

if command -v chromedriver >/dev/null && command -v chromium >/dev/null; then
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "The browser tests need chromium and chromedriver on the PATH. Install them and try again." >&2
  exit 1
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
  as_root="sudo"
fi
echo "Installing $packages (once)"
$as_root apt-get update -qq
# shellcheck disable=SC2086  # two packages, two words
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq $packages >/dev/null
