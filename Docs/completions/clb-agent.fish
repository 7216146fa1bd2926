function __clb-agent_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __clb-agent_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __clb-agent_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __clb-agent_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __clb-agent_parse_tokens -S
    set -l unparsed_tokens (__clb-agent_tokens -pc)
    switch $unparsed_tokens[1]
    case 'clb-agent'
        __clb-agent_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'inspect'
            __clb-agent_parse_subcommand 0 'target=+' 'listeners=' 'source=+' 'http-code=' 'check-method=' 'check-domain=' 'http-version=' 'timeout=' 'send=' 'receive=' 'hex' 'grpc-code=' 'only=+' 'skip=+' 'config=' 'no-config' 'no-metadata' 'metadata-endpoint=' 'ship=' 'quiet' 'spread=' 'state-directory=' 'format=' 'output=' 'no-probe' 'from=' 'root=' 'record=' 'v/verbose' 'version' 'h/help'
        case 'capture'
            __clb-agent_parse_subcommand 0 'target=+' 'listeners=' 'source=+' 'http-code=' 'check-method=' 'check-domain=' 'http-version=' 'timeout=' 'send=' 'receive=' 'hex' 'grpc-code=' 'config=' 'no-config' 'no-metadata' 'metadata-endpoint=' 'output=' 'no-probe' 'v/verbose' 'version' 'h/help'
        case 'trace'
            __clb-agent_parse_subcommand 0 'from=' 'to=' 'in-interface=' 'rules=' 'questions=' 'format=' 'version' 'h/help'
        case 'explain'
            __clb-agent_parse_subcommand 1 'version' 'h/help'
        case 'sockets'
            __clb-agent_parse_subcommand 0 'version' 'h/help'
        case 'config'
            __clb-agent_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'init'
                __clb-agent_parse_subcommand 0 'output=' 'force' 'version' 'h/help'
            case 'check'
                __clb-agent_parse_subcommand 1 'version' 'h/help'
            case 'show'
                __clb-agent_parse_subcommand 0 'target=+' 'listeners=' 'source=+' 'http-code=' 'check-method=' 'check-domain=' 'http-version=' 'timeout=' 'send=' 'receive=' 'hex' 'grpc-code=' 'only=+' 'skip=+' 'config=' 'no-config' 'format=' 'version' 'h/help'
            end
        case 'ship'
            __clb-agent_parse_subcommand 0 'config=' 'no-config' 'state-directory=' 'receiver=+' 'now' 'all' 'dry-run' 'format=' 'version' 'h/help'
        case 'spool'
            __clb-agent_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'status'
                __clb-agent_parse_subcommand 0 'config=' 'no-config' 'state-directory=' 'format=' 'version' 'h/help'
            case 'list'
                __clb-agent_parse_subcommand 0 'config=' 'no-config' 'state-directory=' 'rejected' 'version' 'h/help'
            case 'show'
                __clb-agent_parse_subcommand 1 'config=' 'no-config' 'state-directory=' 'version' 'h/help'
            case 'purge'
                __clb-agent_parse_subcommand 0 'queue=+' 'set-aside' 'all' 'config=' 'no-config' 'state-directory=' 'version' 'h/help'
            end
        case 'schedule'
            __clb-agent_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'install'
                __clb-agent_parse_subcommand 0 'kind=' 'interval=' 'user=' 'config=' 'program=' 'writable=+' 'root=' 'dry-run' 'version' 'h/help'
            case 'show'
                __clb-agent_parse_subcommand 0 'root=' 'version' 'h/help'
            case 'remove'
                __clb-agent_parse_subcommand 0 'root=' 'version' 'h/help'
            end
        case 'help'
            __clb-agent_parse_subcommand -r 1 'version'
        end
    end
end

function __clb-agent_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __clb-agent_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __clb-agent_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __clb-agent_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__clb-agent_tokens -p)
    if test -z "$(__clb-agent_tokens -t)"
        set -l index (count (__clb-agent_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'clb-agent' -f
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent" version' -l 'version' -d 'Show the version.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent" -eq 1' -fa 'inspect' -d 'Follow the probe through this host and print what is wrong and what to type.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent" -eq 1' -fa 'capture' -d 'Write all that an inspection reads, and its probes, into one file.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent" -eq 1' -fa 'trace' -d 'Follow packets through the packet filters, rule by rule, for a whole range of sources.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent" -eq 1' -fa 'explain' -d 'Say what a check asks of the host, or what a finding means.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent" -eq 1' -fa 'sockets' -d 'List the listening sockets with their owners, queues and IPV6_V6ONLY.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent" -eq 1' -fa 'config' -d 'Write, check or show the settings.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent" -eq 1' -fa 'ship' -d 'Send the reports that wait to the receivers of the settings file.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent" -eq 1' -fa 'spool' -d 'Show or remove what waits for the receivers.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent" -eq 1' -fa 'schedule' -d 'Inspect and ship again and again, by cron or a systemd timer.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect"' -l 'target' -d 'What the CLB probes: http://:80/health, tcp://10.0.0.5:8080, udp://, https://, grpc://, grpcs://; may be repeated.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" listeners' -l 'listeners' -d 'What tccli prints of the CLB: one file, or a directory of *.json; names this host\'s targets.' -rF
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect"' -l 'source' -d 'Where probes come from.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" http-code' -l 'http-code' -d 'Statuses that are healthy: 2xx,3xx or the API\'s number 1-31. Default: 1xx-4xx.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" check-method' -l 'check-method' -d 'The check\'s method: HEAD (default) or GET.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" check-domain' -l 'check-domain' -d 'The check\'s domain, sent as Host.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" http-version' -l 'http-version' -d 'The check\'s HTTP version: 1.0 or 1.1 (default).' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" timeout' -l 'timeout' -d 'The check\'s TimeOut: 2 (default) to 60 seconds.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" send' -l 'send' -d 'What a CUSTOM check sends to tcp:// and udp:// targets; "" checks a UDP port alone.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" receive' -l 'receive' -d 'What the answer of a CUSTOM check begins with; any answer without.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" hex' -l 'hex' -d '--send and --receive are hexadecimal digits, two a byte.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" grpc-code' -l 'grpc-code' -d 'gRPC statuses that are healthy: 12 (default), 0,12 or 0-99.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect"' -l 'only' -d 'Run this check alone; may be repeated. "clb-agent explain" lists them.' -rfka 'address conntrack packet-filter routing nat listening-socket accept-queue tcp ping application load health-check bandwidth'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect"' -l 'skip' -d 'Leave this check out, or this finding by its id; may be repeated.' -rfka 'address address.not-on-host address.interface-down address.not-ready address.xdp-program address.source-held-locally conntrack conntrack.table-full conntrack.nearly-full packet-filter packet-filter.drops-probe packet-filter.rejects-probe packet-filter.drops-some-sources packet-filter.rate-limits-probe packet-filter.drops-reply packet-filter.drops-clients packet-filter.drops-some-clients packet-filter.undecided packet-filter.unreadable routing routing.reverse-path-filter routing.no-route-back routing.sources-captured nat nat.dead-destination listening-socket listening-socket.missing listening-socket.loopback-only listening-socket.other-address listening-socket.ipv6-only listening-socket.other-device listening-socket.other-port listening-socket.other-namespace accept-queue accept-queue.overflowing accept-queue.nearly-full accept-queue.syn-queue-drops tcp tcp.tw-recycle-with-timestamps ping ping.ignored ping.filtered ping.no-reply ping.unreachable-limited application application.no-answer application.refused application.slower-than-timeout application.unexpected-status application.method-refused application.redirects application.not-http application.tls-failed application.dynamic-check-page application.not-grpc application.host-assumed application.unexpected-reply load load.cpu-pressure load.memory-pressure load.io-pressure load.high-average load.cpu-throttled load.file-descriptors health-check health-check.disabled health-check.illegal-parameter health-check.far-from-default health-check.port-mismatch health-check.mask-hides-errors health-check.no-domain health-check.dynamic-path health-check.console-disagrees health-check.console-agrees health-check.console-undecided bandwidth bandwidth.none-on-traditional-account bandwidth.account-type-unknown bandwidth.saturated'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" config' -l 'config' -d 'Read this settings file in the place of /etc/clb-agent/config.yaml.' -rF
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" no-config' -l 'no-config' -d 'Read no settings file.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" no-metadata' -l 'no-metadata' -d 'Do not ask the metadata service which instance this host is.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" metadata-endpoint' -l 'metadata-endpoint' -d 'Ask the metadata service at this URL in the place of the CVM\'s own.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" ship' -l 'ship' -d 'Keep the report for the receivers of the settings file, and send what waits for them; --ship=full sends the whole report, not a summary.' -rfka 'summary full'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" quiet' -l 'quiet' -d 'Print only when a verdict or a finding changed since the last run with --ship.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" spread' -l 'spread' -d 'Wait first, this host\'s own share of so many seconds (0-3600), so that a fleet does not run at once.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" state-directory' -l 'state-directory' -d 'Keep the spool and the history here, in the place of /var/lib/clb-agent.' -rfa '(__clb-agent_complete_directories)'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" format' -l 'format' -d 'text (default), json or prometheus.' -rfka 'text json prometheus'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" output' -l 'output' -d 'Write the report here, whole or not at all.' -rF
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" no-probe' -l 'no-probe' -d 'Make no connection; what only a probe can tell stays unknown.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" from' -l 'from' -d 'Inspect what a capture holds, instead of this host; or a directory of a Windows host\'s files.' -rF
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" root' -l 'root' -d 'Read the files of another root; its commands and kernel interfaces are not asked.' -rfa '(__clb-agent_complete_directories)'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" record' -l 'record' -d 'Also write all that was read into a capture.' -rF
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" v verbose' -l 'verbose' -s 'v' -d 'Say on standard error what is being done.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" version' -l 'version' -d 'Show the version.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent inspect" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture"' -l 'target' -d 'What the CLB probes: http://:80/health, tcp://10.0.0.5:8080, udp://, https://, grpc://, grpcs://; may be repeated.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture" listeners' -l 'listeners' -d 'What tccli prints of the CLB: one file, or a directory of *.json; names this host\'s targets.' -rF
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture"' -l 'source' -d 'Where probes come from.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture" http-code' -l 'http-code' -d 'Statuses that are healthy: 2xx,3xx or the API\'s number 1-31. Default: 1xx-4xx.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture" check-method' -l 'check-method' -d 'The check\'s method: HEAD (default) or GET.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture" check-domain' -l 'check-domain' -d 'The check\'s domain, sent as Host.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture" http-version' -l 'http-version' -d 'The check\'s HTTP version: 1.0 or 1.1 (default).' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture" timeout' -l 'timeout' -d 'The check\'s TimeOut: 2 (default) to 60 seconds.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture" send' -l 'send' -d 'What a CUSTOM check sends to tcp:// and udp:// targets; "" checks a UDP port alone.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture" receive' -l 'receive' -d 'What the answer of a CUSTOM check begins with; any answer without.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture" hex' -l 'hex' -d '--send and --receive are hexadecimal digits, two a byte.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture" grpc-code' -l 'grpc-code' -d 'gRPC statuses that are healthy: 12 (default), 0,12 or 0-99.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture" config' -l 'config' -d 'Read this settings file in the place of /etc/clb-agent/config.yaml.' -rF
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture" no-config' -l 'no-config' -d 'Read no settings file.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture" no-metadata' -l 'no-metadata' -d 'Do not ask the metadata service which instance this host is.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture" metadata-endpoint' -l 'metadata-endpoint' -d 'Ask the metadata service at this URL in the place of the CVM\'s own.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture" output' -l 'output' -d 'The file to write, whole or not at all.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture" no-probe' -l 'no-probe' -d 'Make no connection.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture" v verbose' -l 'verbose' -s 'v' -d 'Say on standard error what is being done.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture" version' -l 'version' -d 'Show the version.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent capture" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent trace" from' -l 'from' -d 'The sources.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent trace" to' -l 'to' -d 'Where to: 10.0.0.5:80/tcp, or 10.0.0.5/icmp.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent trace" in-interface' -l 'in-interface' -d 'By which interface packets come in; default: the address\'s own.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent trace" rules' -l 'rules' -d 'Read listings from here, instead of this host\'s rules.' -rfa '(__clb-agent_complete_directories)'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent trace" questions' -l 'questions' -d 'Answer one JSON question a line; - is standard input.' -rF
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent trace" format' -l 'format' -d 'text (default) or json.' -rfka 'text json'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent trace" version' -l 'version' -d 'Show the version.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent trace" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent explain" -eq 1' -fka 'address conntrack packet-filter routing nat listening-socket accept-queue tcp ping application load health-check bandwidth'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent explain" version' -l 'version' -d 'Show the version.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent explain" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent sockets" version' -l 'version' -d 'Show the version.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent sockets" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config" version' -l 'version' -d 'Show the version.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent config" -eq 1' -fa 'init' -d 'Print or write a commented settings file that sets nothing yet.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent config" -eq 1' -fa 'check' -d 'Say everything that is wrong with a settings file, by line.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent config" -eq 1' -fa 'show' -d 'Show the settings in force, and whether default, file or option says so.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config init" output' -l 'output' -d 'Write it here; a file that is there stays, unless --force is given.' -rF
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config init" force' -l 'force' -d 'Replace the file of --output.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config init" version' -l 'version' -d 'Show the version.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config init" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent config check" -eq 1' -F
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config check" version' -l 'version' -d 'Show the version.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config check" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config show"' -l 'target' -d 'What the CLB probes: http://:80/health, tcp://10.0.0.5:8080, udp://, https://, grpc://, grpcs://; may be repeated.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config show" listeners' -l 'listeners' -d 'What tccli prints of the CLB: one file, or a directory of *.json; names this host\'s targets.' -rF
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config show"' -l 'source' -d 'Where probes come from.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config show" http-code' -l 'http-code' -d 'Statuses that are healthy: 2xx,3xx or the API\'s number 1-31. Default: 1xx-4xx.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config show" check-method' -l 'check-method' -d 'The check\'s method: HEAD (default) or GET.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config show" check-domain' -l 'check-domain' -d 'The check\'s domain, sent as Host.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config show" http-version' -l 'http-version' -d 'The check\'s HTTP version: 1.0 or 1.1 (default).' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config show" timeout' -l 'timeout' -d 'The check\'s TimeOut: 2 (default) to 60 seconds.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config show" send' -l 'send' -d 'What a CUSTOM check sends to tcp:// and udp:// targets; "" checks a UDP port alone.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config show" receive' -l 'receive' -d 'What the answer of a CUSTOM check begins with; any answer without.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config show" hex' -l 'hex' -d '--send and --receive are hexadecimal digits, two a byte.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config show" grpc-code' -l 'grpc-code' -d 'gRPC statuses that are healthy: 12 (default), 0,12 or 0-99.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config show"' -l 'only' -d 'Run this check alone; may be repeated. "clb-agent explain" lists them.' -rfka 'address conntrack packet-filter routing nat listening-socket accept-queue tcp ping application load health-check bandwidth'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config show"' -l 'skip' -d 'Leave this check out, or this finding by its id; may be repeated.' -rfka 'address address.not-on-host address.interface-down address.not-ready address.xdp-program address.source-held-locally conntrack conntrack.table-full conntrack.nearly-full packet-filter packet-filter.drops-probe packet-filter.rejects-probe packet-filter.drops-some-sources packet-filter.rate-limits-probe packet-filter.drops-reply packet-filter.drops-clients packet-filter.drops-some-clients packet-filter.undecided packet-filter.unreadable routing routing.reverse-path-filter routing.no-route-back routing.sources-captured nat nat.dead-destination listening-socket listening-socket.missing listening-socket.loopback-only listening-socket.other-address listening-socket.ipv6-only listening-socket.other-device listening-socket.other-port listening-socket.other-namespace accept-queue accept-queue.overflowing accept-queue.nearly-full accept-queue.syn-queue-drops tcp tcp.tw-recycle-with-timestamps ping ping.ignored ping.filtered ping.no-reply ping.unreachable-limited application application.no-answer application.refused application.slower-than-timeout application.unexpected-status application.method-refused application.redirects application.not-http application.tls-failed application.dynamic-check-page application.not-grpc application.host-assumed application.unexpected-reply load load.cpu-pressure load.memory-pressure load.io-pressure load.high-average load.cpu-throttled load.file-descriptors health-check health-check.disabled health-check.illegal-parameter health-check.far-from-default health-check.port-mismatch health-check.mask-hides-errors health-check.no-domain health-check.dynamic-path health-check.console-disagrees health-check.console-agrees health-check.console-undecided bandwidth bandwidth.none-on-traditional-account bandwidth.account-type-unknown bandwidth.saturated'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config show" config' -l 'config' -d 'Read this settings file in the place of /etc/clb-agent/config.yaml.' -rF
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config show" no-config' -l 'no-config' -d 'Read no settings file.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config show" format' -l 'format' -d 'text (default) or json.' -rfka 'text json'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config show" version' -l 'version' -d 'Show the version.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent config show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent ship" config' -l 'config' -d 'Read this settings file in the place of /etc/clb-agent/config.yaml.' -rF
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent ship" no-config' -l 'no-config' -d 'Read no settings file.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent ship" state-directory' -l 'state-directory' -d 'Keep the spool and the history here, in the place of /var/lib/clb-agent.' -rfa '(__clb-agent_complete_directories)'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent ship"' -l 'receiver' -d 'Send to this receiver alone; may be repeated.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent ship" now' -l 'now' -d 'Send though a receiver failed a moment ago.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent ship" all' -l 'all' -d 'Send all that waits, not a run\'s share of it.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent ship" dry-run' -l 'dry-run' -d 'Print what the next requests would hold, as JSON, and send nothing.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent ship" format' -l 'format' -d 'text (default) or json.' -rfka 'text json'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent ship" version' -l 'version' -d 'Show the version.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent ship" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool" version' -l 'version' -d 'Show the version.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent spool" -eq 1' -fa 'status' -d 'Say how much waits for each receiver, and how it does.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent spool" -eq 1' -fa 'list' -d 'List the reports that wait, newest first.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent spool" -eq 1' -fa 'show' -d 'Print one report that waits or was refused, as JSON.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent spool" -eq 1' -fa 'purge' -d 'Remove reports unsent: those of one queue, those that were set aside, or all.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool status" config' -l 'config' -d 'Read this settings file in the place of /etc/clb-agent/config.yaml.' -rF
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool status" no-config' -l 'no-config' -d 'Read no settings file.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool status" state-directory' -l 'state-directory' -d 'Keep the spool and the history here, in the place of /var/lib/clb-agent.' -rfa '(__clb-agent_complete_directories)'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool status" format' -l 'format' -d 'text (default) or json.' -rfka 'text json'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool status" version' -l 'version' -d 'Show the version.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool status" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool list" config' -l 'config' -d 'Read this settings file in the place of /etc/clb-agent/config.yaml.' -rF
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool list" no-config' -l 'no-config' -d 'Read no settings file.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool list" state-directory' -l 'state-directory' -d 'Keep the spool and the history here, in the place of /var/lib/clb-agent.' -rfa '(__clb-agent_complete_directories)'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool list" rejected' -l 'rejected' -d 'List what receivers refused instead.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool list" version' -l 'version' -d 'Show the version.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool show" config' -l 'config' -d 'Read this settings file in the place of /etc/clb-agent/config.yaml.' -rF
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool show" no-config' -l 'no-config' -d 'Read no settings file.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool show" state-directory' -l 'state-directory' -d 'Keep the spool and the history here, in the place of /var/lib/clb-agent.' -rfa '(__clb-agent_complete_directories)'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool show" version' -l 'version' -d 'Show the version.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool purge"' -l 'queue' -d 'Remove what waits in this queue, as "spool status" names it; may be repeated.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool purge" set-aside' -l 'set-aside' -d 'Remove what was damaged, and what receivers refused.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool purge" all' -l 'all' -d 'Remove what waits in every queue, and what was set aside.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool purge" config' -l 'config' -d 'Read this settings file in the place of /etc/clb-agent/config.yaml.' -rF
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool purge" no-config' -l 'no-config' -d 'Read no settings file.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool purge" state-directory' -l 'state-directory' -d 'Keep the spool and the history here, in the place of /var/lib/clb-agent.' -rfa '(__clb-agent_complete_directories)'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool purge" version' -l 'version' -d 'Show the version.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent spool purge" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent schedule" version' -l 'version' -d 'Show the version.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent schedule" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent schedule" -eq 1' -fa 'install' -d 'Install what runs "inspect --ship --quiet" at an interval.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent schedule" -eq 1' -fa 'show' -d 'Print what is installed, and when systemd runs it next.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_positional "clb-agent schedule" -eq 1' -fa 'remove' -d 'Remove what "schedule install" made, and nothing else.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent schedule install" kind' -l 'kind' -d 'cron or systemd; what the host has, where it is not given.' -rfka 'cron systemd'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent schedule install" interval' -l 'interval' -d 'From one run to the next: minutes that divide the hour (1m to 60m) or hours that divide the day (1h to 24h), as 5m. Default: 5m.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent schedule install" user' -l 'user' -d 'The user who runs it.' -rfka ''
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent schedule install" config' -l 'config' -d 'The settings file of these runs, by its absolute path; /etc/clb-agent/config.yaml where none is named.' -rF
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent schedule install" program' -l 'program' -d 'The agent that is run, by its absolute path; this very one where none is named.' -rF
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent schedule install"' -l 'writable' -d 'A directory that runs write to besides those that the settings name; may be repeated. Only systemd asks.' -rfa '(__clb-agent_complete_directories)'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent schedule install" root' -l 'root' -d 'Work on the files below this directory, as of an image; no command is run.' -rfa '(__clb-agent_complete_directories)'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent schedule install" dry-run' -l 'dry-run' -d 'Print the files, and write nothing.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent schedule install" version' -l 'version' -d 'Show the version.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent schedule install" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent schedule show" root' -l 'root' -d 'Work on the files below this directory, as of an image; no command is run.' -rfa '(__clb-agent_complete_directories)'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent schedule show" version' -l 'version' -d 'Show the version.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent schedule show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent schedule remove" root' -l 'root' -d 'Work on the files below this directory, as of an image; no command is run.' -rfa '(__clb-agent_complete_directories)'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent schedule remove" version' -l 'version' -d 'Show the version.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent schedule remove" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'clb-agent' -n '__clb-agent_should_offer_completions_for_flags_or_options "clb-agent help" version' -l 'version' -d 'Show the version.'
