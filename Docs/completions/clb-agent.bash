#!/bin/bash

__clb-agent_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__clb-agent_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__clb-agent_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__clb-agent_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_clb-agent() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __clb-agent_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    inspect|capture|trace|explain|sockets|config|ship|spool|schedule|help)
        # Offer subcommand argument completions
        "_clb-agent_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'inspect capture trace explain sockets config ship spool schedule help' -- "${cur}"))
        ;;
    esac
}

_clb-agent_inspect() {
    repeating_flags=()
    non_repeating_flags=(--hex --no-config --no-metadata --quiet --no-probe --verbose -v --version -h --help)
    repeating_options=(--target --source --only --skip)
    non_repeating_options=(--listeners --http-code --check-method --check-domain --http-version --timeout --send --receive --grpc-code --config --metadata-endpoint --ship --spread --state-directory --format --output --from --root --record)
    __clb-agent_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--target')
        return
        ;;
    '--listeners')
        __clb-agent_add_completions -f
        return
        ;;
    '--source')
        return
        ;;
    '--http-code')
        return
        ;;
    '--check-method')
        return
        ;;
    '--check-domain')
        return
        ;;
    '--http-version')
        return
        ;;
    '--timeout')
        return
        ;;
    '--send')
        return
        ;;
    '--receive')
        return
        ;;
    '--grpc-code')
        return
        ;;
    '--only')
        __clb-agent_add_completions -W 'address'$'\n''conntrack'$'\n''packet-filter'$'\n''routing'$'\n''nat'$'\n''listening-socket'$'\n''accept-queue'$'\n''tcp'$'\n''ping'$'\n''application'$'\n''load'$'\n''health-check'$'\n''bandwidth'
        return
        ;;
    '--skip')
        __clb-agent_add_completions -W 'address'$'\n''address.not-on-host'$'\n''address.interface-down'$'\n''address.not-ready'$'\n''address.xdp-program'$'\n''address.source-held-locally'$'\n''conntrack'$'\n''conntrack.table-full'$'\n''conntrack.nearly-full'$'\n''packet-filter'$'\n''packet-filter.drops-probe'$'\n''packet-filter.rejects-probe'$'\n''packet-filter.drops-some-sources'$'\n''packet-filter.rate-limits-probe'$'\n''packet-filter.drops-reply'$'\n''packet-filter.drops-clients'$'\n''packet-filter.drops-some-clients'$'\n''packet-filter.undecided'$'\n''packet-filter.unreadable'$'\n''routing'$'\n''routing.reverse-path-filter'$'\n''routing.no-route-back'$'\n''routing.sources-captured'$'\n''nat'$'\n''nat.dead-destination'$'\n''listening-socket'$'\n''listening-socket.missing'$'\n''listening-socket.loopback-only'$'\n''listening-socket.other-address'$'\n''listening-socket.ipv6-only'$'\n''listening-socket.other-device'$'\n''listening-socket.other-port'$'\n''listening-socket.other-namespace'$'\n''accept-queue'$'\n''accept-queue.overflowing'$'\n''accept-queue.nearly-full'$'\n''accept-queue.syn-queue-drops'$'\n''tcp'$'\n''tcp.tw-recycle-with-timestamps'$'\n''ping'$'\n''ping.ignored'$'\n''ping.filtered'$'\n''ping.no-reply'$'\n''ping.unreachable-limited'$'\n''application'$'\n''application.no-answer'$'\n''application.refused'$'\n''application.slower-than-timeout'$'\n''application.unexpected-status'$'\n''application.method-refused'$'\n''application.redirects'$'\n''application.not-http'$'\n''application.tls-failed'$'\n''application.dynamic-check-page'$'\n''application.not-grpc'$'\n''application.host-assumed'$'\n''application.unexpected-reply'$'\n''load'$'\n''load.cpu-pressure'$'\n''load.memory-pressure'$'\n''load.io-pressure'$'\n''load.high-average'$'\n''load.cpu-throttled'$'\n''load.file-descriptors'$'\n''health-check'$'\n''health-check.disabled'$'\n''health-check.illegal-parameter'$'\n''health-check.far-from-default'$'\n''health-check.port-mismatch'$'\n''health-check.mask-hides-errors'$'\n''health-check.no-domain'$'\n''health-check.dynamic-path'$'\n''health-check.console-disagrees'$'\n''health-check.console-agrees'$'\n''health-check.console-undecided'$'\n''bandwidth'$'\n''bandwidth.none-on-traditional-account'$'\n''bandwidth.account-type-unknown'$'\n''bandwidth.saturated'
        return
        ;;
    '--config')
        __clb-agent_add_completions -f
        return
        ;;
    '--metadata-endpoint')
        return
        ;;
    '--ship')
        __clb-agent_add_completions -W 'summary'$'\n''full'
        return
        ;;
    '--spread')
        return
        ;;
    '--state-directory')
        __clb-agent_add_completions -d
        return
        ;;
    '--format')
        __clb-agent_add_completions -W 'text'$'\n''json'$'\n''prometheus'
        return
        ;;
    '--output')
        __clb-agent_add_completions -f
        return
        ;;
    '--from')
        __clb-agent_add_completions -f
        return
        ;;
    '--root')
        __clb-agent_add_completions -d
        return
        ;;
    '--record')
        __clb-agent_add_completions -f
        return
        ;;
    esac
}

_clb-agent_capture() {
    repeating_flags=()
    non_repeating_flags=(--hex --no-config --no-metadata --no-probe --verbose -v --version -h --help)
    repeating_options=(--target --source)
    non_repeating_options=(--listeners --http-code --check-method --check-domain --http-version --timeout --send --receive --grpc-code --config --metadata-endpoint --output)
    __clb-agent_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--target')
        return
        ;;
    '--listeners')
        __clb-agent_add_completions -f
        return
        ;;
    '--source')
        return
        ;;
    '--http-code')
        return
        ;;
    '--check-method')
        return
        ;;
    '--check-domain')
        return
        ;;
    '--http-version')
        return
        ;;
    '--timeout')
        return
        ;;
    '--send')
        return
        ;;
    '--receive')
        return
        ;;
    '--grpc-code')
        return
        ;;
    '--config')
        __clb-agent_add_completions -f
        return
        ;;
    '--metadata-endpoint')
        return
        ;;
    '--output')
        return
        ;;
    esac
}

_clb-agent_trace() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--from --to --in-interface --rules --questions --format)
    __clb-agent_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--from')
        return
        ;;
    '--to')
        return
        ;;
    '--in-interface')
        return
        ;;
    '--rules')
        __clb-agent_add_completions -d
        return
        ;;
    '--questions')
        __clb-agent_add_completions -f
        return
        ;;
    '--format')
        __clb-agent_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac
}

_clb-agent_explain() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __clb-agent_offer_flags_options 1

    # Offer positional completions
    case "${positional_number}" in
    1)
        __clb-agent_add_completions -W 'address'$'\n''conntrack'$'\n''packet-filter'$'\n''routing'$'\n''nat'$'\n''listening-socket'$'\n''accept-queue'$'\n''tcp'$'\n''ping'$'\n''application'$'\n''load'$'\n''health-check'$'\n''bandwidth'
        return
        ;;
    esac
}

_clb-agent_sockets() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __clb-agent_offer_flags_options 0
}

_clb-agent_config() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __clb-agent_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    init|check|show)
        # Offer subcommand argument completions
        "_clb-agent_config_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'init check show' -- "${cur}"))
        ;;
    esac
}

_clb-agent_config_init() {
    repeating_flags=()
    non_repeating_flags=(--force --version -h --help)
    repeating_options=()
    non_repeating_options=(--output)
    __clb-agent_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--output')
        __clb-agent_add_completions -f
        return
        ;;
    esac
}

_clb-agent_config_check() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __clb-agent_offer_flags_options 1

    # Offer positional completions
    case "${positional_number}" in
    1)
        __clb-agent_add_completions -f
        return
        ;;
    esac
}

_clb-agent_config_show() {
    repeating_flags=()
    non_repeating_flags=(--hex --no-config --version -h --help)
    repeating_options=(--target --source --only --skip)
    non_repeating_options=(--listeners --http-code --check-method --check-domain --http-version --timeout --send --receive --grpc-code --config --format)
    __clb-agent_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--target')
        return
        ;;
    '--listeners')
        __clb-agent_add_completions -f
        return
        ;;
    '--source')
        return
        ;;
    '--http-code')
        return
        ;;
    '--check-method')
        return
        ;;
    '--check-domain')
        return
        ;;
    '--http-version')
        return
        ;;
    '--timeout')
        return
        ;;
    '--send')
        return
        ;;
    '--receive')
        return
        ;;
    '--grpc-code')
        return
        ;;
    '--only')
        __clb-agent_add_completions -W 'address'$'\n''conntrack'$'\n''packet-filter'$'\n''routing'$'\n''nat'$'\n''listening-socket'$'\n''accept-queue'$'\n''tcp'$'\n''ping'$'\n''application'$'\n''load'$'\n''health-check'$'\n''bandwidth'
        return
        ;;
    '--skip')
        __clb-agent_add_completions -W 'address'$'\n''address.not-on-host'$'\n''address.interface-down'$'\n''address.not-ready'$'\n''address.xdp-program'$'\n''address.source-held-locally'$'\n''conntrack'$'\n''conntrack.table-full'$'\n''conntrack.nearly-full'$'\n''packet-filter'$'\n''packet-filter.drops-probe'$'\n''packet-filter.rejects-probe'$'\n''packet-filter.drops-some-sources'$'\n''packet-filter.rate-limits-probe'$'\n''packet-filter.drops-reply'$'\n''packet-filter.drops-clients'$'\n''packet-filter.drops-some-clients'$'\n''packet-filter.undecided'$'\n''packet-filter.unreadable'$'\n''routing'$'\n''routing.reverse-path-filter'$'\n''routing.no-route-back'$'\n''routing.sources-captured'$'\n''nat'$'\n''nat.dead-destination'$'\n''listening-socket'$'\n''listening-socket.missing'$'\n''listening-socket.loopback-only'$'\n''listening-socket.other-address'$'\n''listening-socket.ipv6-only'$'\n''listening-socket.other-device'$'\n''listening-socket.other-port'$'\n''listening-socket.other-namespace'$'\n''accept-queue'$'\n''accept-queue.overflowing'$'\n''accept-queue.nearly-full'$'\n''accept-queue.syn-queue-drops'$'\n''tcp'$'\n''tcp.tw-recycle-with-timestamps'$'\n''ping'$'\n''ping.ignored'$'\n''ping.filtered'$'\n''ping.no-reply'$'\n''ping.unreachable-limited'$'\n''application'$'\n''application.no-answer'$'\n''application.refused'$'\n''application.slower-than-timeout'$'\n''application.unexpected-status'$'\n''application.method-refused'$'\n''application.redirects'$'\n''application.not-http'$'\n''application.tls-failed'$'\n''application.dynamic-check-page'$'\n''application.not-grpc'$'\n''application.host-assumed'$'\n''application.unexpected-reply'$'\n''load'$'\n''load.cpu-pressure'$'\n''load.memory-pressure'$'\n''load.io-pressure'$'\n''load.high-average'$'\n''load.cpu-throttled'$'\n''load.file-descriptors'$'\n''health-check'$'\n''health-check.disabled'$'\n''health-check.illegal-parameter'$'\n''health-check.far-from-default'$'\n''health-check.port-mismatch'$'\n''health-check.mask-hides-errors'$'\n''health-check.no-domain'$'\n''health-check.dynamic-path'$'\n''health-check.console-disagrees'$'\n''health-check.console-agrees'$'\n''health-check.console-undecided'$'\n''bandwidth'$'\n''bandwidth.none-on-traditional-account'$'\n''bandwidth.account-type-unknown'$'\n''bandwidth.saturated'
        return
        ;;
    '--config')
        __clb-agent_add_completions -f
        return
        ;;
    '--format')
        __clb-agent_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac
}

_clb-agent_ship() {
    repeating_flags=()
    non_repeating_flags=(--no-config --now --all --dry-run --version -h --help)
    repeating_options=(--receiver)
    non_repeating_options=(--config --state-directory --format)
    __clb-agent_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __clb-agent_add_completions -f
        return
        ;;
    '--state-directory')
        __clb-agent_add_completions -d
        return
        ;;
    '--receiver')
        return
        ;;
    '--format')
        __clb-agent_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac
}

_clb-agent_spool() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __clb-agent_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    status|list|show|purge)
        # Offer subcommand argument completions
        "_clb-agent_spool_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'status list show purge' -- "${cur}"))
        ;;
    esac
}

_clb-agent_spool_status() {
    repeating_flags=()
    non_repeating_flags=(--no-config --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --state-directory --format)
    __clb-agent_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __clb-agent_add_completions -f
        return
        ;;
    '--state-directory')
        __clb-agent_add_completions -d
        return
        ;;
    '--format')
        __clb-agent_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac
}

_clb-agent_spool_list() {
    repeating_flags=()
    non_repeating_flags=(--no-config --rejected --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --state-directory)
    __clb-agent_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--config')
        __clb-agent_add_completions -f
        return
        ;;
    '--state-directory')
        __clb-agent_add_completions -d
        return
        ;;
    esac
}

_clb-agent_spool_show() {
    repeating_flags=()
    non_repeating_flags=(--no-config --version -h --help)
    repeating_options=()
    non_repeating_options=(--config --state-directory)
    __clb-agent_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--config')
        __clb-agent_add_completions -f
        return
        ;;
    '--state-directory')
        __clb-agent_add_completions -d
        return
        ;;
    esac
}

_clb-agent_spool_purge() {
    repeating_flags=()
    non_repeating_flags=(--set-aside --all --no-config --version -h --help)
    repeating_options=(--queue)
    non_repeating_options=(--config --state-directory)
    __clb-agent_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--queue')
        return
        ;;
    '--config')
        __clb-agent_add_completions -f
        return
        ;;
    '--state-directory')
        __clb-agent_add_completions -d
        return
        ;;
    esac
}

_clb-agent_schedule() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __clb-agent_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    install|show|remove)
        # Offer subcommand argument completions
        "_clb-agent_schedule_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'install show remove' -- "${cur}"))
        ;;
    esac
}

_clb-agent_schedule_install() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --version -h --help)
    repeating_options=(--writable)
    non_repeating_options=(--kind --interval --user --config --program --root)
    __clb-agent_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--kind')
        __clb-agent_add_completions -W 'cron'$'\n''systemd'
        return
        ;;
    '--interval')
        return
        ;;
    '--user')
        return
        ;;
    '--config')
        __clb-agent_add_completions -f
        return
        ;;
    '--program')
        __clb-agent_add_completions -f
        return
        ;;
    '--writable')
        __clb-agent_add_completions -d
        return
        ;;
    '--root')
        __clb-agent_add_completions -d
        return
        ;;
    esac
}

_clb-agent_schedule_show() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--root)
    __clb-agent_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--root')
        __clb-agent_add_completions -d
        return
        ;;
    esac
}

_clb-agent_schedule_remove() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--root)
    __clb-agent_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--root')
        __clb-agent_add_completions -d
        return
        ;;
    esac
}

_clb-agent_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __clb-agent_offer_flags_options -1
}

complete -o filenames -F _clb-agent clb-agent
