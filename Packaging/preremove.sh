#!/bin/sh
# deb: "remove", or "upgrade" and the next version. rpm: how many versions will be left.
set -e

case "$1" in
remove | 0) ;;
*) exit 0 ;;
esac

# A file that somebody else put in its place stays, and is no reason to keep the package.
clb-agent schedule remove >/dev/null ||
  echo 'clb-agent: the schedule stays, as told above; its runs do nothing without the program' >&2
if test -d /run/systemd/system; then
  systemctl disable --now clb-agent-inspect.timer >/dev/null 2>&1 || true
  systemctl stop clb-agent-inspect.service || true
fi
