#!/usr/bin/env bats
# What is left when a run fails or dies, what readers see meanwhile, and whether an index holds
# what it was given: the short forms of the programs in fault/, whose long ones `make soak` runs.
# A failure names the seed that repeats it: SEED=N tests/fault/run --short.

load helper

fault() { # PROGRAM
    run env PRESSMARK_BIN="$bin" SEED="${SEED:-$((SRANDOM % 1000000))}" \
        "$project/tests/fault/$1" --short
    [ "$status" -eq 0 ] || { printf '%s\n' "$output" && return 1; }
}

fault_run() { # FAULT...
    under_valgrind && skip "too slow under valgrind: a program killed over and over"
    [ "$1" = random ] || ! grep -q __asan_init "$bin/indexer" ||
        skip "a sanitizer must be loaded first, before the library that makes calls fail"
    FAULTS=$* fault run
}

@test "a writer killed at any call that changes files leaves the old state or the new one" {
    fault_run kill
}

@test "a writer killed at any moment leaves the old state or the new one" {
    fault_run random
}

@test "a write, sync, rename or unlink that fails leaves the old state or the new one" {
    fault_run EIO
}

@test "a disk that is full from some call on leaves the old state or the new one" {
    fault_run ENOSPC
}

@test "an allocation that fails leaves the old state or the new one, and no wrong answer" {
    fault_run alloc
}

@test "four readers see one publish each while a writer replaces, deletes and compacts" {
    not_under_valgrind "it runs by the clock"
    fault readers
}

@test "after every random change an index holds what a plain model holds" {
    not_under_valgrind "thousands of runs"
    fault model
}
