iptables-legacy-restore <<'END'
*raw
-A PREROUTING -j CT --notrack
COMMIT
END
iptables-legacy-restore <<'END'
*filter
-A INPUT -m conntrack ! --ctproto 17 -j DROP
COMMIT
END
