nft -f - <<'END'
table ip t {
  chain base {
    type filter hook prerouting priority -300
    policy accept
    ct l3proto ipv4 drop
    ct direction original drop
    ct mark != 1 drop
  }
}
END
