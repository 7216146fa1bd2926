iptables-legacy-restore <<'END'
*nat
-A PREROUTING -p tcp -j DNAT --to-destination 127.0.0.1:8080
COMMIT
END
