nft -f - <<'END'
table ip a {
  chain base {
    type filter hook input priority 0
    policy accept
    drop
  }
}
END
nft -f - <<'END'
table ip b {
  chain base {
    type filter hook input priority 0
    policy accept
    reject
  }
}
END
