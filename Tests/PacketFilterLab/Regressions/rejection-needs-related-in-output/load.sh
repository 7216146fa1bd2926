iptables-legacy-restore <<'END'
*filter
-A INPUT -j REJECT
-A OUTPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT
-A OUTPUT -j DROP
COMMIT
END
