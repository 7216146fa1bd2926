iptables-legacy-restore <<'END'
*raw
-A PREROUTING -j CT --notrack
COMMIT
END
iptables-legacy-restore <<'END'
*filter
-A OUTPUT -m conntrack --ctstate NEW -j DROP
COMMIT
END
