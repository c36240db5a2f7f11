# Pressmark: full-text search for news archives.  `make help` lists the targets.

PREFIX  ?= /usr/local
DESTDIR ?=
VARIANT ?= release

# One tree per variant, since objects of different variants never mix.
BUILD := build/$(VARIANT)
BIN   := $(if $(filter release,$(VARIANT)),bin,$(BUILD)/bin)

FLAGS_release  := -O2 -g
FLAGS_asan     := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
                  -fno-omit-frame-pointer
FLAGS_tsan     := -O1 -g -fsanitize=thread
FLAGS_coverage := -O0 -g --coverage
FLAGS_fuzz     := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all \
                  -fno-omit-frame-pointer

# libFuzzer comes with clang.
ifeq ($(VARIANT),fuzz)
CC  := clang
CXX := clang++
endif

WARNINGS := -Wall -Wextra -Wshadow -Wpointer-arith -Wwrite-strings -Wvla -Wformat=2
FOLDERS  := common common/db common/glass_reader indexer indexer/input indexer/layout indexer/xml indexer/html \
            indexer/feed indexer/entities indexer/names indexer/glass searcher searcher/query searcher/plan searcher/snippet \
            searcher/output
CPPFLAGS += -D_GNU_SOURCE $(addprefix -iquote ,$(FOLDERS)) -isystem /usr/include/libxml2
CFLAGS   ?=
CXXFLAGS ?=
FLAGS    := $(FLAGS_$(VARIANT)) $(WARNINGS) $(if $(WERROR),-Werror) -fstack-protector-strong -MMD -MP
ALL_CFLAGS   = -std=c17 $(FLAGS) -Wstrict-prototypes -Wmissing-prototypes $(CFLAGS)
ALL_CXXFLAGS = -std=c++17 $(FLAGS) $(CXXFLAGS)
# There are many programs of tests: gold, where binutils has it, links one in half the time.
FAST_LD := $(if $(shell command -v ld.gold),-fuse-ld=gold)
LIBS := -lxapian -lstemmer -lcjson -licui18n -licuuc -lxml2 -lzstd -lz -ldeflate -lisal -lcsv -lcmark -lyaml -lxxhash -lm

# The library: common/ and the searcher without what belongs to a command line.
OUTPUT_SRC   := $(wildcard searcher/output/*.c)
PROGRAM_ONLY := searcher/main.c searcher/options.c searcher/option_values.c searcher/eval.c \
                searcher/topics.c searcher/qrels.c $(OUTPUT_SRC)
LIB_SRC  := $(wildcard common/*.c common/*/*.c common/db/*.cc) \
            $(filter-out $(PROGRAM_ONLY),$(wildcard searcher/*.c searcher/*/*.c))
IDX_SRC  := $(wildcard indexer/*.c indexer/*/*.c indexer/*/*.S)
SRC_SRC  := $(PROGRAM_ONLY)
UNIT_SRC := $(wildcard tests/unit/test_*.c)
GLASS_SRC := $(wildcard tests/glass/*.cc)
FUZZ_SRC := $(wildcard tests/fuzz/*.c)
BENCH_SRC := tests/bench/readers.c tests/bench/entities.c tests/bench/queries.c \
             tests/bench/snippets.c

objects   = $(patsubst %,$(BUILD)/%.o,$(basename $(1)))
LIB      := $(BUILD)/libpressmark.a
# What a test may call of the programs: the indexer but its main, and the searcher's output.
PARTS    := $(BUILD)/parts.a
UNIT     := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(UNIT_SRC))
GLASS    := $(patsubst tests/glass/%.cc,$(BUILD)/glass/%,$(GLASS_SRC))
FUZZ     := $(patsubst tests/fuzz/%.c,$(BUILD)/%,$(FUZZ_SRC))
BENCH    := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(BENCH_SRC))
UNDER_VALGRIND := $(sort $(wildcard tests/valgrind/*.bats))
BATS     := $(sort $(wildcard tests/*.bats))
# Documents, floors and figures are the same however the programs were built.
SANITIZED := $(filter-out tests/docs.bats tests/layers.bats tests/relevance.bats,$(BATS))
# What the threads of the indexer make; their sanitizer wants addresses where it knows them.
THREADED  := $(foreach name,add glass life publish writer,tests/$(name).bats)
UNSHUFFLED = $(shell setarch -R true 2>/dev/null && echo setarch -R)
SOURCES  := $(wildcard common/*.[ch] common/*/* indexer/*.[ch] indexer/*/*.[ch] searcher/*.[ch] \
              searcher/*/*.[ch] tests/*/*.[ch] tests/*/*.cc)
SCRIPTS  := tests/run tests/doc-blocks tests/relevance/run tests/relevance/names tests/bench/run \
            tests/bench/growth tests/bench/stories tests/bench/readers tests/bench/entities \
            tests/bench/queries tests/bench/snippets tests/bench/start \
            tests/model/score tests/model/compare tests/fault/run tests/fault/readers \
            tests/fault/model tests/glass/run tests/glass/assertions tests/fuzz/run .ci/run
MAN      := $(wildcard docs/man/*.1 docs/man/*.7)

# What a bare Debian lacks, by package: to build, to test, and to work on the code.
DEPS_BUILD := gcc g++ libc6-dev libxapian-dev libstemmer-dev libcjson-dev libicu-dev \
              libxml2-dev zlib1g-dev libdeflate-dev libisal-dev libzstd-dev libcsv-dev \
              libcmark-dev libyaml-dev libxxhash-dev libjemalloc-dev
DEPS_TEST  := libcmocka-dev bats jq zstd xapian-tools xapian-examples valgrind procps mandoc xxhash
DEPS_FUZZ  := clang libclang-rt-dev
DEPS_DEV   := clang-format clang-tidy cppcheck shellcheck gcovr hyperfine

.PHONY: all
all: $(BIN)/indexer $(BIN)/searcher  ## build the programs into bin/

$(BIN)/indexer: $(call objects,$(IDX_SRC)) $(LIB)
$(BIN)/searcher: $(call objects,$(SRC_SRC)) $(LIB)
# Some libraries take longer to load than a query works with them: those are linked in where there is
# an archive of them.  The tables of stems alone hold 10,000 addresses, which are packed.
archive = $(if $(findstring /,$(shell $(CC) -print-file-name=lib$(1).a)),-l:lib$(1).a,-l$(1))
linked_in := stemmer deflate xxhash
$(BIN)/searcher: LIBS := $(filter-out $(linked_in:%=-l%),$(LIBS)) \
                         $(foreach name,$(linked_in),$(call archive,$(name))) \
                         -Wl,-z,pack-relative-relocs
# With the malloc() of libc threads wait for each other.  The sanitizers have their own.
$(BIN)/indexer: LIBS += $(if $(filter release,$(VARIANT)),-ljemalloc)
$(BIN)/indexer $(BIN)/searcher:
	@mkdir -p $(@D)
	$(CXX) $(FLAGS_$(VARIANT)) $(LDFLAGS) -o $@ $^ $(LIBS)

$(LIB): $(call objects,$(LIB_SRC))
$(PARTS): $(filter-out %/indexer/main.o,$(call objects,$(IDX_SRC) $(OUTPUT_SRC)))
$(LIB) $(PARTS):
	@rm -f $@
	$(AR) rcs $@ $^

# Objects of tests are kept, although only a rule of patterns asks for them.
.SECONDARY:

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/%.o: %.cc
	@mkdir -p $(@D)
	$(CXX) $(CPPFLAGS) $(ALL_CXXFLAGS) -c -o $@ $<

# The tagger's model, linked in as it is.
$(BUILD)/indexer/entities/model_bytes.o: indexer/entities/model_bytes.S indexer/entities/model.bin
	@mkdir -p $(@D)
	$(CC) -c -o $@ $<

# Trains the model: nothing else may depend on it, since it needs data that is not in the repository.
TRAIN_SRC := $(wildcard tests/model/*.c)
TRAIN     := $(BUILD)/train
NER       ?= ../shared/ner
$(TRAIN): CPPFLAGS += -iquote tests/model
$(TRAIN): $(call objects,$(TRAIN_SRC)) \
          $(filter-out %/entities.o %/model_bytes.o,$(call objects,$(wildcard indexer/entities/*.c))) $(LIB)
	$(CXX) $(FLAGS_$(VARIANT)) $(LDFLAGS) -o $@ $^ $(LIBS)

# What a test itself does is little: to compile it takes longer than to run it.
$(BUILD)/tests/unit/%.o: FLAGS += -O0

# Of archives the linker takes what is called: all of it in each test is seven megabytes.
$(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(PARTS) $(LIB)
	@mkdir -p $(@D)
	$(CXX) $(FLAGS_$(VARIANT)) $(FAST_LD) $(LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

# The bulk writer beside libxapian's.
$(GLASS): $(BUILD)/glass/%: $(BUILD)/tests/glass/%.o $(PARTS) $(LIB)
	@mkdir -p $(@D)
	$(CXX) $(FLAGS_$(VARIANT)) $(FAST_LD) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BENCH): $(BUILD)/bench/%: $(BUILD)/tests/bench/%.o $(PARTS) $(LIB)
	@mkdir -p $(@D)
	$(CXX) $(FLAGS_$(VARIANT)) $(LDFLAGS) -o $@ $^ $(LIBS)

$(FUZZ): $(BUILD)/%: $(BUILD)/tests/fuzz/%.o $(PARTS) $(LIB)
	@mkdir -p $(@D)
	$(CXX) $(FLAGS_$(VARIANT)) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(LIBS)

-include $(patsubst %.o,%.d,\
           $(call objects,$(LIB_SRC) $(IDX_SRC) $(SRC_SRC) $(UNIT_SRC) $(GLASS_SRC) $(FUZZ_SRC) \
             $(BENCH_SRC) $(TRAIN_SRC)))

# Installs what is missing of the packages $(1), through sudo where not root.
define install_packages
@missing=; for p in $(1); do \
    dpkg-query -W -f '$${Status}' "$$p" 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; \
done; \
if [ -n "$$missing" ]; then \
    sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
    echo "Installing, because $(2):$$missing"; \
    $$sudo apt-get update -qq && \
    $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
fi
endef

.PHONY: deps deps-fuzz deps-dev
deps:  ## install the packages needed to build and to test
	$(call install_packages,$(DEPS_BUILD) $(DEPS_TEST),building and testing need them)

deps-fuzz:  ## install the packages needed to fuzz
	$(call install_packages,$(DEPS_FUZZ),fuzzing needs them)

deps-dev:  ## install the packages needed to lint, format and measure
	$(call install_packages,$(DEPS_DEV),working on the code needs them)

.PHONY: demo
demo: deps  ## index fixtures/ and show some searches
	@[ -e bin/searcher ] || echo 'Building, which takes a minute.'
	@$(MAKE) --no-print-directory -s all
	@tests/demo

# Builds on all processors, unless make was told with -j how many to take.
BUILD_ALL = $(MAKE) --no-print-directory -s $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell nproc))

.PHONY: test
test: deps  ## build and run all tests
	+@$(BUILD_ALL) all unit
	@tests/run $(BIN) $(UNIT) -- $(BATS)

.PHONY: unit
unit: $(UNIT) $(GLASS)

.PHONY: check
check: deps  ## all tests under ASan and UBSan, threads under TSan, each command and kind of query under valgrind, more databases of chance
	+@$(BUILD_ALL) VARIANT=asan all unit
	+@$(BUILD_ALL) VARIANT=tsan all build/tsan/glass/twins
	+@$(BUILD_ALL) all $(GLASS)
	@status=0; \
	PRESSMARK_TOOLS=$(CURDIR)/bin tests/run build/asan/bin \
	    $(patsubst tests/unit/%.c,build/asan/unit/%,$(UNIT_SRC)) -- $(SANITIZED) || status=1; \
	PRESSMARK_TOOLS=$(CURDIR)/bin $(UNSHUFFLED) tests/run build/tsan/bin -- $(THREADED) || status=1; \
	PRESSMARK_VALGRIND=1 tests/run bin -- $(UNDER_VALGRIND) tests/glass/long.bats || status=1; \
	exit $$status

# Inputs that crash are kept in build/fuzz/found/.
FUZZ_SECONDS ?= 60
.PHONY: fuzz fuzzers
fuzz: deps deps-fuzz  ## feed queries and files of chance to the parsers, each for FUZZ_SECONDS (60)
	@$(MAKE) --no-print-directory -s all
	@$(MAKE) --no-print-directory -s VARIANT=fuzz fuzzers
	@FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/run build/fuzz

fuzzers: $(FUZZ)

.PHONY: soak
soak: deps  ## faults at every point, readers, random changes, databases of chance, long fuzzing
	@$(MAKE) --no-print-directory -s all
	@tests/fault/run --long
	@tests/fault/readers --long
	@tests/fault/model --long
	@$(MAKE) --no-print-directory -s unit
	@tests/glass/run build/release/glass 1 1000
	@tests/glass/assertions build/release/glass 1 100
	@$(MAKE) --no-print-directory fuzz FUZZ_SECONDS=600
	@tests/model/compare

.PHONY: bench relevance
bench: all $(BENCH)  ## time reading, adding and searching
	@tests/bench/run
	@echo
	@tests/bench/readers
	@echo
	@tests/bench/entities
	@echo
	@tests/bench/snippets

.PHONY: model train entities
train: $(TRAIN)

model: $(TRAIN)  ## train the tagger of names anew (in half a minute, from $(NER))
	$(TRAIN) $(NER) tests/model/lexicon.txt indexer/entities/model.bin.new
	mv indexer/entities/model.bin.new indexer/entities/model.bin

entities: all  ## measure the tagger of names on data that it was not trained on
	@tests/model/score

relevance: all  ## measure the ranking on fixtures and, where present, judged collections
	@tests/relevance/run

.PHONY: coverage
coverage: deps deps-dev  ## run the tests and say which lines they reach
	+@$(BUILD_ALL) VARIANT=coverage all unit
	@find build/coverage -name '*.gcda' -delete
	@tests/run build/coverage/bin $(patsubst tests/unit/%.c,build/coverage/unit/%,$(UNIT_SRC)) -- $(BATS)
	@gcovr -r . --object-directory build/coverage -e tests/ --exclude-throw-branches

.PHONY: lint format format-check
lint: deps-dev  ## static analysis of code, scripts and man pages
	cppcheck -q --std=c11 --enable=warning,performance,portability --inline-suppr \
	    --suppress=missingIncludeSystem --suppress=unknownMacro --error-exitcode=1 \
	    $(addprefix -I ,$(FOLDERS)) \
	    $(filter %.c,$(SOURCES))
	clang-tidy --quiet --checks='-*,clang-analyzer-*,-clang-analyzer-security.insecureAPI.*,-clang-analyzer-valist.*' \
	    $(filter-out tests/%,$(filter %.c,$(SOURCES))) -- -std=c17 $(CPPFLAGS)
	shellcheck -x -P SCRIPTDIR -e SC2317 $(SCRIPTS) tests/demo
	mandoc -T lint -W warning $(MAN)

format: deps-dev  ## bring the code into the house's form
	clang-format -i $(SOURCES)

format-check: deps-dev
	clang-format --dry-run -Werror $(SOURCES)

.PHONY: install uninstall
MAN1 = $(DESTDIR)$(PREFIX)/share/man/man1
MAN7 = $(DESTDIR)$(PREFIX)/share/man/man7
install: all  ## install programs and man pages below PREFIX (/usr/local)
	install -d $(DESTDIR)$(PREFIX)/bin $(MAN1) $(MAN7)
	install -m 755 bin/indexer $(DESTDIR)$(PREFIX)/bin/pressmark-indexer
	install -m 755 bin/searcher $(DESTDIR)$(PREFIX)/bin/pressmark-searcher
	install -m 644 $(filter %.1,$(MAN)) $(MAN1)
	$(if $(filter %.7,$(MAN)),install -m 644 $(filter %.7,$(MAN)) $(MAN7))

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/pressmark-indexer $(DESTDIR)$(PREFIX)/bin/pressmark-searcher
	rm -f $(patsubst docs/man/%,$(MAN1)/%,$(filter %.1,$(MAN))) \
	    $(patsubst docs/man/%,$(MAN7)/%,$(filter %.7,$(MAN)))

.PHONY: clean
clean:  ## remove all that was built
	rm -rf build bin

.PHONY: help
help:  ## show this list
	@sed -n 's/^\([a-z-]*\):.*  ## \(.*\)/  \1\t\2/p' Makefile | expand -t 18
	@echo '  format-check    fail if the code is not in the house'"'"'s form'
	@echo '  uninstall       remove what install installed'
