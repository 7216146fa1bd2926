#!/bin/sh
# deb: "remove", later perhaps "purge". rpm, which has no purge: how many versions are left.
set -e

if test -d /run/systemd/system; then
  systemctl daemon-reload || true
fi
if test "$1" = purge; then
  rm -rf /var/lib/clb-agent
  ! getent passwd clb-agent >/dev/null || userdel clb-agent
  ! getent group clb-agent >/dev/null || groupdel clb-agent
fi
