nft -f - <<'END'
table ip t {
  chain base {
    type filter hook input priority 0
    policy accept
    th sport 2048 drop
  }
}
END
