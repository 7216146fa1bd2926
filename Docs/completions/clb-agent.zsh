#compdef clb-agent

__clb-agent_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__clb-agent_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __clb-agent_complete "${completions[@]:0:-1}"
    fi
}

__clb-agent_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_clb-agent() {
    emulate -RL zsh -G
    setopt extendedglob nullglob numericglobsort
    unsetopt aliases banghist

    local -xr SAP_SHELL=zsh
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(builtin emulate zsh -c 'printf %s "${ZSH_VERSION}"')"
    local -r SAP_SHELL_VERSION

    local context state state_descr line
    local -A opt_args

    local -r command_name="${words[1]}"
    local -ar command_line=("${words[@]}")
    local -ir current_word_index="$((CURRENT - 1))"

    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'inspect:Follow the probe through this host and print what is wrong and what to type.'
            'capture:Write all that an inspection reads, and its probes, into one file.'
            'trace:Follow packets through the packet filters, rule by rule, for a whole range of sources.'
            'explain:Say what a check asks of the host, or what a finding means.'
            'sockets:List the listening sockets with their owners, queues and IPV6_V6ONLY.'
            'config:Write, check or show the settings.'
            'ship:Send the reports that wait to the receivers of the settings file.'
            'spool:Show or remove what waits for the receivers.'
            'schedule:Inspect and ship again and again, by cron or a systemd timer.'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        inspect|capture|trace|explain|sockets|config|ship|spool|schedule|help)
            "_clb-agent_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_clb-agent_inspect() {
    local -i ret=1
    local -ar ___only=('address' 'conntrack' 'packet-filter' 'routing' 'nat' 'listening-socket' 'accept-queue' 'tcp' 'ping' 'application' 'load' 'health-check' 'bandwidth')
    local -ar ___skip=('address' 'address.not-on-host' 'address.interface-down' 'address.not-ready' 'address.xdp-program' 'address.source-held-locally' 'conntrack' 'conntrack.table-full' 'conntrack.nearly-full' 'packet-filter' 'packet-filter.drops-probe' 'packet-filter.rejects-probe' 'packet-filter.drops-some-sources' 'packet-filter.rate-limits-probe' 'packet-filter.drops-reply' 'packet-filter.drops-clients' 'packet-filter.drops-some-clients' 'packet-filter.undecided' 'packet-filter.unreadable' 'routing' 'routing.reverse-path-filter' 'routing.no-route-back' 'routing.sources-captured' 'nat' 'nat.dead-destination' 'listening-socket' 'listening-socket.missing' 'listening-socket.loopback-only' 'listening-socket.other-address' 'listening-socket.ipv6-only' 'listening-socket.other-device' 'listening-socket.other-port' 'listening-socket.other-namespace' 'accept-queue' 'accept-queue.overflowing' 'accept-queue.nearly-full' 'accept-queue.syn-queue-drops' 'tcp' 'tcp.tw-recycle-with-timestamps' 'ping' 'ping.ignored' 'ping.filtered' 'ping.no-reply' 'ping.unreachable-limited' 'application' 'application.no-answer' 'application.refused' 'application.slower-than-timeout' 'application.unexpected-status' 'application.method-refused' 'application.redirects' 'application.not-http' 'application.tls-failed' 'application.dynamic-check-page' 'application.not-grpc' 'application.host-assumed' 'application.unexpected-reply' 'load' 'load.cpu-pressure' 'load.memory-pressure' 'load.io-pressure' 'load.high-average' 'load.cpu-throttled' 'load.file-descriptors' 'health-check' 'health-check.disabled' 'health-check.illegal-parameter' 'health-check.far-from-default' 'health-check.port-mismatch' 'health-check.mask-hides-errors' 'health-check.no-domain' 'health-check.dynamic-path' 'health-check.console-disagrees' 'health-check.console-agrees' 'health-check.console-undecided' 'bandwidth' 'bandwidth.none-on-traditional-account' 'bandwidth.account-type-unknown' 'bandwidth.saturated')
    local -ar ___ship=('summary' 'full')
    local -ar ___format=('text' 'json' 'prometheus')
    local -ar arg_specs=(
        '*--target[What the CLB probes\: http\://\:80/health, tcp\://10.0.0.5\:8080, udp\://, https\://, grpc\://, grpcs\://; may be repeated.]:url:'
        '--listeners[What tccli prints of the CLB\: one file, or a directory of *.json; names this host'\''s targets.]:path:_files'
        '*--source[Where probes come from.]:prefix:'
        '--http-code[Statuses that are healthy\: 2xx,3xx or the API'\''s number 1-31. Default\: 1xx-4xx.]:classes:'
        '--check-method[The check'\''s method\: HEAD (default) or GET.]:method:'
        '--check-domain[The check'\''s domain, sent as Host.]:name:'
        '--http-version[The check'\''s HTTP version\: 1.0 or 1.1 (default).]:version:'
        '--timeout[The check'\''s TimeOut\: 2 (default) to 60 seconds.]:seconds:'
        '--send[What a CUSTOM check sends to tcp\:// and udp\:// targets; "" checks a UDP port alone.]:text:'
        '--receive[What the answer of a CUSTOM check begins with; any answer without.]:text:'
        '--hex[--send and --receive are hexadecimal digits, two a byte.]'
        '--grpc-code[gRPC statuses that are healthy\: 12 (default), 0,12 or 0-99.]:codes:'
        '*--only[Run this check alone; may be repeated. "clb-agent explain" lists them.]:check:{__clb-agent_complete "${___only[@]}"}'
        '*--skip[Leave this check out, or this finding by its id; may be repeated.]:check:{__clb-agent_complete "${___skip[@]}"}'
        '--config[Read this settings file in the place of /etc/clb-agent/config.yaml.]:file:_files'
        '--no-config[Read no settings file.]'
        '--no-metadata[Do not ask the metadata service which instance this host is.]'
        '--metadata-endpoint[Ask the metadata service at this URL in the place of the CVM'\''s own.]:url:'
        '--ship[Keep the report for the receivers of the settings file, and send what waits for them; --ship=full sends the whole report, not a summary.]:detail:{__clb-agent_complete "${___ship[@]}"}'
        '--quiet[Print only when a verdict or a finding changed since the last run with --ship.]'
        '--spread[Wait first, this host'\''s own share of so many seconds (0-3600), so that a fleet does not run at once.]:seconds:'
        '--state-directory[Keep the spool and the history here, in the place of /var/lib/clb-agent.]:directory:_files -/'
        '--format[text (default), json or prometheus.]:format:{__clb-agent_complete "${___format[@]}"}'
        '--output[Write the report here, whole or not at all.]:file:_files'
        '--no-probe[Make no connection; what only a probe can tell stays unknown.]'
        '--from[Inspect what a capture holds, instead of this host; or a directory of a Windows host'\''s files.]:capture:_files'
        '--root[Read the files of another root; its commands and kernel interfaces are not asked.]:directory:_files -/'
        '--record[Also write all that was read into a capture.]:file:_files'
        '(--verbose -v)'{--verbose,-v}'[Say on standard error what is being done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_clb-agent_capture() {
    local -i ret=1
    local -ar arg_specs=(
        '*--target[What the CLB probes\: http\://\:80/health, tcp\://10.0.0.5\:8080, udp\://, https\://, grpc\://, grpcs\://; may be repeated.]:url:'
        '--listeners[What tccli prints of the CLB\: one file, or a directory of *.json; names this host'\''s targets.]:path:_files'
        '*--source[Where probes come from.]:prefix:'
        '--http-code[Statuses that are healthy\: 2xx,3xx or the API'\''s number 1-31. Default\: 1xx-4xx.]:classes:'
        '--check-method[The check'\''s method\: HEAD (default) or GET.]:method:'
        '--check-domain[The check'\''s domain, sent as Host.]:name:'
        '--http-version[The check'\''s HTTP version\: 1.0 or 1.1 (default).]:version:'
        '--timeout[The check'\''s TimeOut\: 2 (default) to 60 seconds.]:seconds:'
        '--send[What a CUSTOM check sends to tcp\:// and udp\:// targets; "" checks a UDP port alone.]:text:'
        '--receive[What the answer of a CUSTOM check begins with; any answer without.]:text:'
        '--hex[--send and --receive are hexadecimal digits, two a byte.]'
        '--grpc-code[gRPC statuses that are healthy\: 12 (default), 0,12 or 0-99.]:codes:'
        '--config[Read this settings file in the place of /etc/clb-agent/config.yaml.]:file:_files'
        '--no-config[Read no settings file.]'
        '--no-metadata[Do not ask the metadata service which instance this host is.]'
        '--metadata-endpoint[Ask the metadata service at this URL in the place of the CVM'\''s own.]:url:'
        '--output[The file to write, whole or not at all.]:file:'
        '--no-probe[Make no connection.]'
        '(--verbose -v)'{--verbose,-v}'[Say on standard error what is being done.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_clb-agent_trace() {
    local -i ret=1
    local -ar ___format=('text' 'json')
    local -ar arg_specs=(
        '--from[The sources.]:prefix:'
        '--to[Where to\: 10.0.0.5\:80/tcp, or 10.0.0.5/icmp.]:destination:'
        '--in-interface[By which interface packets come in; default\: the address'\''s own.]:name:'
        '--rules[Read listings from here, instead of this host'\''s rules.]:directory:_files -/'
        '--questions[Answer one JSON question a line; - is standard input.]:file:_files'
        '--format[text (default) or json.]:format:{__clb-agent_complete "${___format[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_clb-agent_explain() {
    local -i ret=1
    local -ar _check=('address' 'conntrack' 'packet-filter' 'routing' 'nat' 'listening-socket' 'accept-queue' 'tcp' 'ping' 'application' 'load' 'health-check' 'bandwidth')
    local -ar arg_specs=(
        ':check:{__clb-agent_complete "${_check[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_clb-agent_sockets() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_clb-agent_config() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'init:Print or write a commented settings file that sets nothing yet.'
            'check:Say everything that is wrong with a settings file, by line.'
            'show:Show the settings in force, and whether default, file or option says so.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        init|check|show)
            "_clb-agent_config_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_clb-agent_config_init() {
    local -i ret=1
    local -ar arg_specs=(
        '--output[Write it here; a file that is there stays, unless --force is given.]:file:_files'
        '--force[Replace the file of --output.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_clb-agent_config_check() {
    local -i ret=1
    local -ar arg_specs=(
        ':file:_files'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_clb-agent_config_show() {
    local -i ret=1
    local -ar ___only=('address' 'conntrack' 'packet-filter' 'routing' 'nat' 'listening-socket' 'accept-queue' 'tcp' 'ping' 'application' 'load' 'health-check' 'bandwidth')
    local -ar ___skip=('address' 'address.not-on-host' 'address.interface-down' 'address.not-ready' 'address.xdp-program' 'address.source-held-locally' 'conntrack' 'conntrack.table-full' 'conntrack.nearly-full' 'packet-filter' 'packet-filter.drops-probe' 'packet-filter.rejects-probe' 'packet-filter.drops-some-sources' 'packet-filter.rate-limits-probe' 'packet-filter.drops-reply' 'packet-filter.drops-clients' 'packet-filter.drops-some-clients' 'packet-filter.undecided' 'packet-filter.unreadable' 'routing' 'routing.reverse-path-filter' 'routing.no-route-back' 'routing.sources-captured' 'nat' 'nat.dead-destination' 'listening-socket' 'listening-socket.missing' 'listening-socket.loopback-only' 'listening-socket.other-address' 'listening-socket.ipv6-only' 'listening-socket.other-device' 'listening-socket.other-port' 'listening-socket.other-namespace' 'accept-queue' 'accept-queue.overflowing' 'accept-queue.nearly-full' 'accept-queue.syn-queue-drops' 'tcp' 'tcp.tw-recycle-with-timestamps' 'ping' 'ping.ignored' 'ping.filtered' 'ping.no-reply' 'ping.unreachable-limited' 'application' 'application.no-answer' 'application.refused' 'application.slower-than-timeout' 'application.unexpected-status' 'application.method-refused' 'application.redirects' 'application.not-http' 'application.tls-failed' 'application.dynamic-check-page' 'application.not-grpc' 'application.host-assumed' 'application.unexpected-reply' 'load' 'load.cpu-pressure' 'load.memory-pressure' 'load.io-pressure' 'load.high-average' 'load.cpu-throttled' 'load.file-descriptors' 'health-check' 'health-check.disabled' 'health-check.illegal-parameter' 'health-check.far-from-default' 'health-check.port-mismatch' 'health-check.mask-hides-errors' 'health-check.no-domain' 'health-check.dynamic-path' 'health-check.console-disagrees' 'health-check.console-agrees' 'health-check.console-undecided' 'bandwidth' 'bandwidth.none-on-traditional-account' 'bandwidth.account-type-unknown' 'bandwidth.saturated')
    local -ar ___format=('text' 'json')
    local -ar arg_specs=(
        '*--target[What the CLB probes\: http\://\:80/health, tcp\://10.0.0.5\:8080, udp\://, https\://, grpc\://, grpcs\://; may be repeated.]:url:'
        '--listeners[What tccli prints of the CLB\: one file, or a directory of *.json; names this host'\''s targets.]:path:_files'
        '*--source[Where probes come from.]:prefix:'
        '--http-code[Statuses that are healthy\: 2xx,3xx or the API'\''s number 1-31. Default\: 1xx-4xx.]:classes:'
        '--check-method[The check'\''s method\: HEAD (default) or GET.]:method:'
        '--check-domain[The check'\''s domain, sent as Host.]:name:'
        '--http-version[The check'\''s HTTP version\: 1.0 or 1.1 (default).]:version:'
        '--timeout[The check'\''s TimeOut\: 2 (default) to 60 seconds.]:seconds:'
        '--send[What a CUSTOM check sends to tcp\:// and udp\:// targets; "" checks a UDP port alone.]:text:'
        '--receive[What the answer of a CUSTOM check begins with; any answer without.]:text:'
        '--hex[--send and --receive are hexadecimal digits, two a byte.]'
        '--grpc-code[gRPC statuses that are healthy\: 12 (default), 0,12 or 0-99.]:codes:'
        '*--only[Run this check alone; may be repeated. "clb-agent explain" lists them.]:check:{__clb-agent_complete "${___only[@]}"}'
        '*--skip[Leave this check out, or this finding by its id; may be repeated.]:check:{__clb-agent_complete "${___skip[@]}"}'
        '--config[Read this settings file in the place of /etc/clb-agent/config.yaml.]:file:_files'
        '--no-config[Read no settings file.]'
        '--format[text (default) or json.]:format:{__clb-agent_complete "${___format[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_clb-agent_ship() {
    local -i ret=1
    local -ar ___format=('text' 'json')
    local -ar arg_specs=(
        '--config[Read this settings file in the place of /etc/clb-agent/config.yaml.]:file:_files'
        '--no-config[Read no settings file.]'
        '--state-directory[Keep the spool and the history here, in the place of /var/lib/clb-agent.]:directory:_files -/'
        '*--receiver[Send to this receiver alone; may be repeated.]:name:'
        '--now[Send though a receiver failed a moment ago.]'
        '--all[Send all that waits, not a run'\''s share of it.]'
        '--dry-run[Print what the next requests would hold, as JSON, and send nothing.]'
        '--format[text (default) or json.]:format:{__clb-agent_complete "${___format[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_clb-agent_spool() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'status:Say how much waits for each receiver, and how it does.'
            'list:List the reports that wait, newest first.'
            'show:Print one report that waits or was refused, as JSON.'
            'purge:Remove reports unsent: those of one queue, those that were set aside, or all.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        status|list|show|purge)
            "_clb-agent_spool_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_clb-agent_spool_status() {
    local -i ret=1
    local -ar ___format=('text' 'json')
    local -ar arg_specs=(
        '--config[Read this settings file in the place of /etc/clb-agent/config.yaml.]:file:_files'
        '--no-config[Read no settings file.]'
        '--state-directory[Keep the spool and the history here, in the place of /var/lib/clb-agent.]:directory:_files -/'
        '--format[text (default) or json.]:format:{__clb-agent_complete "${___format[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_clb-agent_spool_list() {
    local -i ret=1
    local -ar arg_specs=(
        '--config[Read this settings file in the place of /etc/clb-agent/config.yaml.]:file:_files'
        '--no-config[Read no settings file.]'
        '--state-directory[Keep the spool and the history here, in the place of /var/lib/clb-agent.]:directory:_files -/'
        '--rejected[List what receivers refused instead.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_clb-agent_spool_show() {
    local -i ret=1
    local -ar arg_specs=(
        ':report:'
        '--config[Read this settings file in the place of /etc/clb-agent/config.yaml.]:file:_files'
        '--no-config[Read no settings file.]'
        '--state-directory[Keep the spool and the history here, in the place of /var/lib/clb-agent.]:directory:_files -/'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_clb-agent_spool_purge() {
    local -i ret=1
    local -ar arg_specs=(
        '*--queue[Remove what waits in this queue, as "spool status" names it; may be repeated.]:queue:'
        '--set-aside[Remove what was damaged, and what receivers refused.]'
        '--all[Remove what waits in every queue, and what was set aside.]'
        '--config[Read this settings file in the place of /etc/clb-agent/config.yaml.]:file:_files'
        '--no-config[Read no settings file.]'
        '--state-directory[Keep the spool and the history here, in the place of /var/lib/clb-agent.]:directory:_files -/'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_clb-agent_schedule() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'install:Install what runs "inspect --ship --quiet" at an interval.'
            'show:Print what is installed, and when systemd runs it next.'
            'remove:Remove what "schedule install" made, and nothing else.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        install|show|remove)
            "_clb-agent_schedule_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_clb-agent_schedule_install() {
    local -i ret=1
    local -ar ___kind=('cron' 'systemd')
    local -ar arg_specs=(
        '--kind[cron or systemd; what the host has, where it is not given.]:kind:{__clb-agent_complete "${___kind[@]}"}'
        '--interval[From one run to the next\: minutes that divide the hour (1m to 60m) or hours that divide the day (1h to 24h), as 5m. Default\: 5m.]:time:'
        '--user[The user who runs it.]:name:'
        '--config[The settings file of these runs, by its absolute path; /etc/clb-agent/config.yaml where none is named.]:file:_files'
        '--program[The agent that is run, by its absolute path; this very one where none is named.]:file:_files'
        '*--writable[A directory that runs write to besides those that the settings name; may be repeated. Only systemd asks.]:directory:_files -/'
        '--root[Work on the files below this directory, as of an image; no command is run.]:directory:_files -/'
        '--dry-run[Print the files, and write nothing.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_clb-agent_schedule_show() {
    local -i ret=1
    local -ar arg_specs=(
        '--root[Work on the files below this directory, as of an image; no command is run.]:directory:_files -/'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_clb-agent_schedule_remove() {
    local -i ret=1
    local -ar arg_specs=(
        '--root[Work on the files below this directory, as of an image; no command is run.]:directory:_files -/'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_clb-agent_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _clb-agent ]]; then
    _clb-agent "${@}"
else
    compdef _clb-agent clb-agent
fi
