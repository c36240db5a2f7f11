/*
 * Tags made shorter, as raw deflate without a header (RFC 1951).
 */
#ifndef DEFLATE_H
#define DEFLATE_H

#include <stddef.h>

#include "buf.h"
#include "error.h"

struct deflater;

struct deflater *deflater_new(struct pm_error *err);
void deflater_free(struct deflater *deflater);

/*
 * Adds the bytes, deflated, to `out`: 1; or 0, and adds nothing, when they would not be shorter, or
 * when stock Xapian could not read what they become; or -1.
 */
int deflater_add(struct deflater *deflater, const char *bytes, size_t len, struct pm_buf *out,
                 struct pm_error *err);

#endif
