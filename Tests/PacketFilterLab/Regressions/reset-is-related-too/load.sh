iptables-legacy-restore <<'END'
*filter
-A INPUT -p tcp -j REJECT --reject-with tcp-reset
-A OUTPUT -m conntrack --ctstate RELATED -j ACCEPT
-A OUTPUT -j DROP
COMMIT
END
