# What the tests under valgrind share.
#
# A start of a program takes valgrind more than a second, what it then does some twenty times as
# long as ever.  So each test here gives one program a lot to do, and little of it is looked at:
# what is right the other tests say, these are about bytes that are read before they are written.

load ../helper

# Runs the tested program, which may end with one of these codes, and with nothing else.
ends_with() { # CODES PROGRAM ARGUMENT...
    local codes=" $1 " status=0
    shift
    "$@" || status=$?
    [[ $codes == *" $status "* ]] || { echo "it ended with $status: $*"; return 1; }
}
