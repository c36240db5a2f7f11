/* The trained model as a piece of the program: see model.h. */
        .section .rodata
        .balign 64
        .globl  entities_model, entities_model_len
        .hidden entities_model, entities_model_len
entities_model:
        .incbin "indexer/entities/model.bin"
entities_model_end:
        .balign 8
entities_model_len:
        .quad   entities_model_end - entities_model
        .section .note.GNU-stack, "", %progbits
