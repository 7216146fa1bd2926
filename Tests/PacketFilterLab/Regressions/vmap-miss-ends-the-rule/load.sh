nft -f - <<'END'
table inet t {
  chain base {
    type filter hook input priority 0
    policy accept
    ct state vmap { established : accept, invalid : drop } drop
  }
}
END
