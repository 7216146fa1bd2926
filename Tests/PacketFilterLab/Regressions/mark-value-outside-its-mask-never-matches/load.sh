iptables-legacy-restore <<'END'
*filter
-A INPUT -m mark --mark 0x2/0xf0 -j DROP
COMMIT
END
