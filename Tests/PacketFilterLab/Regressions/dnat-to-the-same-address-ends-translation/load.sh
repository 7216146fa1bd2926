iptables-legacy-restore <<'END'
*nat
-A PREROUTING -j DNAT --to-destination 10.0.0.5
COMMIT
END
nft -f - <<'END'
table ip t {
  chain base {
    type nat hook prerouting priority -90
    policy accept
    dnat to 10.1.0.9
  }
}
END
