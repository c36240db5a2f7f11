/*
 * The version of the programs and of the library.
 */
#ifndef PM_VERSION_H
#define PM_VERSION_H

#define PM_VERSION "0.1.0"

#endif
