iptables-legacy-restore <<'END'
*filter
-A FORWARD -j REJECT
-A OUTPUT -m conntrack --ctstate RELATED -j DROP
COMMIT
END
