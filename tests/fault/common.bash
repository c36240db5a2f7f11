# What the fault tests share: where the programs are, a folder to work in, and dice.
#
# PRESSMARK_BIN is the folder of the programs under test, SEED repeats a run.  The work is done
# in memory where there is /dev/shm: syncing a real disk thousands of times shows nothing more.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# shellcheck disable=SC2034 # those who read this file use them
bin=$(realpath "${PRESSMARK_BIN:-$project/bin}")
export LC_ALL=C.UTF-8 TZ=UTC TERM=dumb
unset PRESSMARK_INDEX NO_COLOR
# Xapian deletes some objects under another size than it made them with, which is no harm.
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}new_delete_type_mismatch=0

usage() {
    echo "usage: ${0##*/} [--short|--long]" >&2
    exit 2
}

# Sets `form` to short or long, takes a seed, and enters an empty folder that goes at the end.
begin() { # ARGUMENT...
    local root=${TMPDIR:-/tmp}
    case ${1:---short} in
    --short | --long) form=${1:---short} form=${form#--} ;;
    *) usage ;;
    esac
    [ $# -le 1 ] || usage
    [ ! -w /dev/shm ] || root=/dev/shm
    seed=${SEED:-$((SRANDOM % 1000000))}
    RANDOM=$seed
    failures=0
    work=$(mktemp -d "$root/pressmark-fault-XXXXXX") || exit 1
    # KEEP=1 leaves the folder of a failed run for a look.
    trap '[ "${KEEP:-0}" = 1 ] && echo "kept: $work" || rm -rf "$work"' EXIT
    trap 'exit 130' INT TERM
    cd "$work" || exit 1
    echo "seed $seed (SEED=$seed repeats it)"
}

failed() { # MESSAGE...
    failures=$((failures + 1))
    printf 'FAILED: %s\n' "$*"
    [ "$failures" -lt "${MAX_FAILURES:-20}" ] || finish
}

finish() {
    echo "$failures failures (seed $seed)"
    [ "$failures" -eq 0 ]
    exit
}

# A program that a sanitizer is built into: that must be loaded before any shim.
is_sanitized() { # PROGRAM
    grep -q __asan_init "$1"
}
