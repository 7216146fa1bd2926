nft -f - <<'END'
table inet t0 {
  chain base0 {
    type nat hook input priority 100
    policy accept
    drop
  }
  chain c0-0 {
    snat ip to 172.17.0.2
  }
}
END
