iptables-legacy-restore <<'END'
*raw
-A PREROUTING -j CT --zone 5
-A PREROUTING -j CT --notrack
COMMIT
END
iptables-legacy-restore <<'END'
*nat
-A PREROUTING -j DNAT --to-destination 10.1.0.9
COMMIT
END
