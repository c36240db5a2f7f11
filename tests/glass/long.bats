#!/usr/bin/env bats
# More databases of chance than tests/glass.bats has time for: `make check` runs these.

setup() {
    project=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
}

# The first seeds are those of tests/glass.bats.
@test "twenty databases of chance more are the same as libxapian's" {
    run "$project/tests/glass/run" "$project/build/release/glass" 43 62
    echo "$output"
    [ "$status" = 0 ]
    [ "$output" = "20 databases are the same" ]
}
