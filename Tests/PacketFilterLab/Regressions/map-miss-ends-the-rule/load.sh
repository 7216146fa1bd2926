nft -f - <<'END'
table inet t {
  chain base {
    type filter hook input priority 0
    policy accept
    meta mark set tcp dport map { 443 : 0x1 } drop
  }
}
END
