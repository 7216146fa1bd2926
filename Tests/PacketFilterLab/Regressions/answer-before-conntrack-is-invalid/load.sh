nft -f - <<'END'
table ip t {
  chain base {
    type filter hook output priority -300
    policy accept
    ct state invalid drop
  }
}
END
