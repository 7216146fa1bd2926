iptables-legacy-restore <<'END'
*nat
-A INPUT -j SNAT --to-source 172.17.0.2
COMMIT
END
iptables-legacy-restore <<'END'
*filter
-A OUTPUT -d 172.17.0.2 -j DROP
COMMIT
END
