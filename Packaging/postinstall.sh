#!/bin/sh
# deb: "configure" and the version before, if any. rpm: how many versions there are now.
set -e

isFirst=no
case "$1" in
configure) test -n "$2" || isFirst=yes ;;
1) isFirst=yes ;;
esac

# For those who do not want root to run it; without capabilities, which Docs/packages.md tells how to give.
getent group clb-agent >/dev/null || groupadd --system clb-agent
getent passwd clb-agent >/dev/null ||
  useradd --system --gid clb-agent --home-dir /var/lib/clb-agent --no-create-home \
    --shell /usr/sbin/nologin --comment "clb-agent" clb-agent

if test $isFirst = yes; then
  chgrp clb-agent /etc/clb-agent/config.yaml
  # Root's, as the schedule is when no other user is named.
  test -d /var/lib/clb-agent || mkdir -m 0700 /var/lib/clb-agent
  echo 'clb-agent: nothing is scheduled yet; set receivers in /etc/clb-agent/config.yaml, then:'
  echo '  clb-agent config check && clb-agent schedule install'
fi

if test -d /run/systemd/system; then
  systemctl daemon-reload
fi
