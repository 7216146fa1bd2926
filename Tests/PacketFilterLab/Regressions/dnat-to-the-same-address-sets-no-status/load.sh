iptables-legacy-restore <<'END'
*nat
-A PREROUTING -j DNAT --to-destination 10.0.0.5
COMMIT
END
iptables-legacy-restore <<'END'
*filter
-A INPUT -m conntrack --ctstate DNAT -j DROP
COMMIT
END
