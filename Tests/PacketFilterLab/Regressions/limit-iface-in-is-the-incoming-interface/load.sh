iptables-legacy-restore <<'END'
*filter
-A INPUT -m addrtype --dst-type LOCAL --limit-iface-in -j DROP
COMMIT
END
