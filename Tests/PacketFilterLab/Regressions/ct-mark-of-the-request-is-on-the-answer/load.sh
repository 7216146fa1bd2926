iptables-legacy-restore <<'END'
*mangle
-A PREROUTING -j CONNMARK --set-mark 1
COMMIT
END
iptables-legacy-restore <<'END'
*filter
-A OUTPUT -m connmark --mark 1 -j DROP
COMMIT
END
