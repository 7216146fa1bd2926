nft -f - <<'END'
table ip a {
  chain base {
    type filter hook input priority 0
    policy accept
    reject with icmp host-prohibited
  }
}
END
nft -f - <<'END'
table ip b {
  chain base {
    type filter hook output priority -300
    policy drop
    ct state related accept
  }
}
END
