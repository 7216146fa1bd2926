iptables-legacy-restore <<'END'
*raw
-A PREROUTING -j CT --notrack
COMMIT
END
iptables-legacy-restore <<'END'
*filter
-A INPUT -m connmark ! --mark 1 -j DROP
COMMIT
END
