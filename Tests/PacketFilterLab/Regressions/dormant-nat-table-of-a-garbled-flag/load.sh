nft -f - <<'END'
table ip6 t1 {
  flags dormant
  chain base0 {
    type nat hook prerouting priority -100
    policy accept
    tcp dport 443 dnat to [fd00:1::1]:443
  }
}
END
