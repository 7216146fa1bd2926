nft -f - <<'END'
table inet t {
  chain base {
    type filter hook input priority 0
    policy accept
    th dport != 8080 drop
  }
}
END
