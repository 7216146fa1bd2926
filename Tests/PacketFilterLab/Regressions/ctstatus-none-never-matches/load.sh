iptables-legacy-restore <<'END'
*filter
-A INPUT -m conntrack --ctstatus NONE -j DROP
COMMIT
END
