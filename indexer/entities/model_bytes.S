/* The trained model as a piece of the program: see model.h. */
        .section .rodata
        .balign 64
        .globl  entities_model_start, entities_model_end
        .hidden entities_model_start, entities_model_end
entities_model_start:
        .incbin "indexer/entities/model.bin"
entities_model_end:
        .section .note.GNU-stack, "", %progbits
