nft -f - <<'END'
table inet t {
  chain base {
    type filter hook input priority 0
    policy accept
    tcp dport vmap { 80 : continue, 443 : accept } drop
  }
}
END
