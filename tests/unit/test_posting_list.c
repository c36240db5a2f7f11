/*
 * Lists of postings in a table that says of itself what is not so.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "disk.h"
#include "glass_reader.h"
#include "pack.h"

#define BLOCK 2048

static char folder[64];

/* A block in the making: items go in from its end. */
struct block {
    unsigned char bytes[BLOCK];
    size_t items, top;
};

static struct block new_block(unsigned char level)
{
    struct block block = {.top = BLOCK};
    block.bytes[3] = 1; /* revision */
    block.bytes[4] = level;
    return block;
}

static void add_item(struct block *block, const struct pm_buf *item)
{
    block->top -= item->len;
    memcpy(block->bytes + block->top, item->data, item->len);
    size_t place = 11 + 2 * block->items++, end = place + 2;
    block->bytes[place] = (unsigned char)(block->top >> 8);
    block->bytes[place + 1] = (unsigned char)block->top;
    block->bytes[9] = (unsigned char)(end >> 8);
    block->bytes[10] = (unsigned char)end;
}

static void add_entry(struct block *block, const char *key, size_t key_len, const char *tag,
                      size_t tag_len)
{
    struct pm_buf item = PM_BUF_INIT;
    pm_buf_addc(&item, 0x60); /* first and last of its tag */
    pm_buf_addc(&item, (char)(key_len + tag_len));
    pm_buf_addc(&item, (char)key_len);
    pm_buf_add(&item, key, key_len);
    pm_buf_add(&item, tag, tag_len);
    add_item(block, &item);
    pm_buf_release(&item);
}

static void add_child(struct block *block, char number, const char *key, size_t key_len)
{
    struct pm_buf item = PM_BUF_INIT;
    pm_buf_add(&item, (char[]){0, 0, 0, number}, 4);
    pm_buf_addc(&item, (char)key_len);
    pm_buf_add(&item, key, key_len);
    pm_buf_add(&item, (char[]){0, key_len > 0}, 2);
    add_item(block, &item);
    pm_buf_release(&item);
}

static void write_file(const char *name, const void *bytes, size_t len)
{
    char path[100];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

/* The version file of a database with one table, whose root is block 2, on level 1. */
static void write_version(void)
{
    struct pm_buf file = PM_BUF_INIT;
    pm_buf_add(&file, "\x0f\x0dXapian Glass\x04\x6e", 16);
    pm_buf_add(&file, "0123456789abcdef", 16);
    pm_pack_varint(&file, 1); /* revision */
    for (int table = 0; table < 6; table++) {
        pm_pack_varint(&file, table ? 0 : 2);
        pm_pack_varint(&file, table ? 3 : 1 << 2);
        pm_pack_varint(&file, table ? 0 : 2);
        pm_pack_varint(&file, BLOCK >> 11);
        pm_pack_varint(&file, 0);
        pm_pack_varint(&file, 0);
    }
    pm_pack_varint(&file, 1000); /* documents */
    for (int i = 0; i < 7; i++)
        pm_pack_varint(&file, 0);
    write_file("iamglass", file.data, file.len);
    pm_buf_release(&file);
}

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/pressmark-postings-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return disk_remove(folder, NULL);
}

/* The branch says that the chunk of document 30 begins with 200. */
static void never_stops_before_where_it_was_to_go(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_glass *glass;
    struct pm_posting_list list;
    struct block blocks[3] = {new_block(0), new_block(0), new_block(1)};
    add_entry(&blocks[0], "", 0, "", 0);
    add_entry(&blocks[0], "t", 1,
              "\x02\x02\x00"
              "0"
              "\x00\x01",
              6);
    add_entry(&blocks[1], "t\0\0\x1e", 4, "1\x00\x01", 3);
    add_child(&blocks[2], 0, "", 0);
    add_child(&blocks[2], 1, "t\0\0\xc8", 4);
    unsigned char bytes[3][BLOCK];
    for (size_t i = 0; i < 3; i++)
        memcpy(bytes[i], blocks[i].bytes, BLOCK);
    write_file("postlist.glass", bytes, sizeof bytes);
    write_version();
    assert_int_equal(pm_glass_open(folder, &glass, &err), 1);
    assert_int_equal(pm_glass_postings(glass, "t", 1, &list, &err), 1);
    assert_int_equal(list.docid[0], 1);
    assert_int_equal(pm_posting_list_seek(&list, 100, &err), 0);
    pm_posting_list_close(&list);
    pm_glass_close(glass);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(never_stops_before_where_it_was_to_go),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
