nft -f - <<'END'
table ip t1 {
  chain base0 {
    type filter hook prerouting priority 0
    policy accept
    reject with icmp admin-prohibited
  }
  chain base2 {
    type route hook output priority -150
    policy accept
    ip saddr 10.0.0.0/24 drop
  }
}
END
