iptables-legacy-restore <<'END'
*nat
-A PREROUTING -j REDIRECT
COMMIT
END
iptables-legacy-restore <<'END'
*filter
-A INPUT -d 10.1.0.1 -j DROP
COMMIT
END
