iptables-legacy-restore <<'END'
*mangle
-A PREROUTING -j MARK --set-mark 1
COMMIT
END
iptables-legacy-restore <<'END'
*filter
-A OUTPUT -m mark --mark 1 -j DROP
COMMIT
END
