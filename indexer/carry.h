/*
 * Positions, carried along when libxapian writes documents anew: it knows nothing of them.
 */
#ifndef CARRY_H
#define CARRY_H

#include <stddef.h>

#include "dead.h"
#include "error.h"

/* What is alive of a database, such as a segment. */
struct part_alive {
    const char *path;           /* of its folder */
    const struct pm_dead *dead; /* what of it is dead, or NULL */
};

/*
 * Writes the positions of the database in the folder `to`, whose documents are those of the `n`
 * databases that are alive, in their order.
 */
int carry_positions(const struct part_alive *from, size_t n, const char *to, struct pm_error *err);

#endif
