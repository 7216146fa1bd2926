nft -f - <<'END'
table ip a {
  chain base {
    type filter hook prerouting priority -300
    policy accept
    reject
  }
}
END
nft -f - <<'END'
table ip b {
  chain base {
    type filter hook output priority -300
    policy accept
    ip saddr 10.0.0.0/24 drop
  }
}
END
