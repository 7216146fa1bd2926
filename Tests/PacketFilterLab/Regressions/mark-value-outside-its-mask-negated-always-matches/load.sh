iptables-nft-restore <<'END'
*filter
-A INPUT -m connmark ! --mark 0x12/0x1 -j DROP
COMMIT
END
