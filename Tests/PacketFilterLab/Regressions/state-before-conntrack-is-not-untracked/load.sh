iptables-legacy-restore <<'END'
*raw
-A PREROUTING -m conntrack ! --ctstate UNTRACKED -j DROP
COMMIT
END
