# pressmark - one Makefile, output in build/. Targets: make help
BUILD    ?= build
PREFIX   ?= /usr/local
BINDIR   ?= $(PREFIX)/bin
LIBDIR   ?= $(PREFIX)/lib
INCDIR   ?= $(PREFIX)/include
MANDIR   ?= $(PREFIX)/share/man
DATADIR  ?= $(PREFIX)/share
CC       ?= cc
CFLAGS   ?= -O2 -g
WERROR   ?= $(if $(CI),-Werror)
PKGS     := lexbor libarchive libzstd libdeflate zlib libxxhash sqlite3 libcrypto libutf8proc jansson libbrotlidec
WARN     := -std=c11 -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wconversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wwrite-strings -Wformat=2 -fvisibility=hidden $(WERROR)
PC_FLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PC_LIBS  := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lm -pthread
ALL_CPP   = -D_GNU_SOURCE -Ilib $(PC_FLAGS) -MMD -MP $(CPPFLAGS)
ALL_C     = $(WARN) -fPIC -pthread $(CFLAGS)
VERSION  := $(shell sed -n 's/^.define PRESSMARK_VERSION "\(.*\)"/\1/p' lib/pressmark.h)
SOMAJOR  := 0
SONAME   := libpressmark.so.$(SOMAJOR)
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

LIB_SRC  := $(wildcard lib/*.c)
CMD_SRC  := $(wildcard cmd/*.c)
UNIT_SRC := $(wildcard tests/unit/test_*.c)
FUZZ_SRC := $(wildcard tests/fuzz/fuzz_*.c)
BENCH_SRC := $(wildcard tests/bench/bench_*.c)
ASSETS   := lib/page/page.css lib/page/report.js
LIB_OBJ  := $(LIB_SRC:%.c=$(BUILD)/%.o) $(BUILD)/gen/page_assets.o
CMD_OBJ  := $(CMD_SRC:%.c=$(BUILD)/%.o)
UNIT_BIN := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/unit/%)
FUZZ_BIN := $(FUZZ_SRC:tests/fuzz/%.c=$(BUILD)/fuzz/%)
BENCH_BIN := $(BENCH_SRC:tests/bench/%.c=$(BUILD)/bench/%)

all: $(BUILD)/pressmark $(BUILD)/libpressmark.a $(BUILD)/$(SONAME)

help:
	@echo 'all        program, static and shared library, in $(BUILD)/ (the default)'
	@echo 'deps       install what is missing for building and testing (apt)'
	@echo 'demo       deps, all, and a tour on the pages of testdata/'
	@echo 'check      deps, all, every test; under 15 minutes on two cores'
	@echo 'unit cli   the tests of C, and of the command, alone'
	@echo 'check-long what takes long: a million pages of one form, ten thousand identical ones, 100 MB in one capture'
	@echo 'check-browser   the report in a headless browser, which is installed if there is none'
	@echo 'interop    what other programs read and write; gets them where it can'
	@echo 'asan tsan valgrind coverage   unit and command tests, built or run that way'
	@echo 'fuzz       each fuzz target for FUZZ_SECONDS (60)'
	@echo 'lint       all static checks; check-layers check-headers check-symbols: of the cheap ones'
	@echo 'bench      measure beside other tools; writes tests/bench/RESULTS.md'
	@echo 'bench-scale  near copies among a million captures; writes tests/bench/RESULTS-scale.md'
	@echo 'fit        fit the weights of the cleaner to real pages; writes lib/*_weights.c'
	@echo 'hostile    time and memory of pages made to cost more than their size'
	@echo 'install uninstall   PREFIX=$(PREFIX) DESTDIR='
	@echo 'dist clean'

# ---- build ----

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CPP) $(ALL_C) -c -o $@ $<

$(BUILD)/gen/page_assets.c: lib/page/embed.sh $(ASSETS)
	@mkdir -p $(@D)
	sh lib/page/embed.sh css lib/page/page.css js lib/page/report.js >$@

$(BUILD)/gen/%.o: $(BUILD)/gen/%.c
	$(CC) $(ALL_CPP) $(ALL_C) -c -o $@ $<

$(BUILD)/libpressmark.a: $(LIB_OBJ)
	rm -f $@ && ar rcs $@ $^

$(BUILD)/$(SONAME): $(LIB_OBJ)
	$(CC) $(ALL_C) $(LDFLAGS) -shared -Wl,-soname,$(SONAME) -o $@ $^ $(PC_LIBS)
	ln -sf $(SONAME) $(BUILD)/libpressmark.so

$(BUILD)/pressmark: $(CMD_OBJ) $(BUILD)/libpressmark.a
	$(CC) $(ALL_C) $(LDFLAGS) -o $@ $^ $(PC_LIBS)

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libpressmark.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CPP) -MF $@.d -MT $@ $(ALL_C) $(LDFLAGS) -o $@ $< $(BUILD)/libpressmark.a $(PC_LIBS) -lcmocka

$(BUILD)/bench/%: tests/bench/%.c $(BUILD)/libpressmark.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CPP) -MF $@.d -MT $@ $(ALL_C) $(LDFLAGS) -o $@ $< $(BUILD)/libpressmark.a $(PC_LIBS)

$(BUILD)/fuzz/%: tests/fuzz/%.c $(BUILD)/libpressmark.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CPP) -MF $@.d -MT $@ -std=c11 -pthread $(CFLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ $< \
	    $(BUILD)/libpressmark.a $(PC_LIBS)

bench-bin: $(BENCH_BIN)
fuzz-bin: $(FUZZ_BIN)

# ---- tests ----

deps:
	@tests/deps.sh

demo:
	@tests/deps.sh build
	@$(MAKE) --no-print-directory -s -j2 all
	@BUILD=$(BUILD) tests/demo.sh

check:
	@tests/deps.sh build check
	@tests/deps.sh browser || echo "note: no browser could be installed"
	@BUILD=$(BUILD) MAKE="$(MAKE)" tests/check.sh

check-long: all
	@WORDS=14000000 PAGES=10000 FORMS=1000000 BUILD=$(BUILD) tests/tests.sh -v bad-copies

unit: $(UNIT_BIN)
	@tests/unit.sh $^

cli: all
	@BUILD=$(BUILD) tests/tests.sh

check-browser: all
	@tests/deps.sh browser
	@BUILD=$(BUILD) tests/browser.sh

interop: all
	@BUILD=$(BUILD) tests/interop.sh

real: all
	@BUILD=$(BUILD) tests/real.sh

asan:
	$(MAKE) BUILD=$(BUILD)/asan CFLAGS="-O1 -g $(SANITIZE)" unit cli

tsan:
	$(MAKE) BUILD=$(BUILD)/tsan CFLAGS="-O1 -g -fsanitize=thread" unit cli

valgrind: $(UNIT_BIN) all
	UNDER="valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite" tests/unit.sh $(UNIT_BIN)

coverage:
	$(MAKE) BUILD=$(BUILD)/coverage CFLAGS="-O0 -g --coverage" unit cli
	gcovr -r . --filter lib/ --filter cmd/ $(BUILD)/coverage

FUZZ_SECONDS ?= 60
fuzz:
	$(MAKE) -s BUILD=$(BUILD)/fuzzing CC=clang fuzz-bin \
	    CFLAGS="-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer" \
	    WERROR=
	@BUILD=$(BUILD)/fuzzing tests/fuzz.sh $(FUZZ_SECONDS)

hostile: $(BUILD)/bench/hostile
	@$(BUILD)/bench/hostile

bench: all bench-bin
	@BUILD=$(BUILD) tests/bench/run.sh
fit: all bench-bin
	@BUILD=$(BUILD) tests/bench/run.sh --fit

bench-scale: all
	@BUILD=$(BUILD) tests/bench/scale.sh

# ---- static checks ----

check-layers:
	@tests/layers.sh
check-symbols: $(BUILD)/$(SONAME)
	@tests/symbols.sh $(BUILD)/$(SONAME)
check-headers:
	@for h in lib/*.h cmd/*.h; do \
	    $(CC) -D_GNU_SOURCE -Ilib -Icmd $(PC_FLAGS) -std=c11 -Wall -Wextra -Werror -fsyntax-only -x c $$h || exit 1; done
check-banned:
	@! grep -nwE '(strcpy|strcat|strncpy|sprintf|gets|strtok|atoi|scanf|sscanf|alloca|localtime|system|tmpnam) *\(' \
	    lib/*.[ch] cmd/*.[ch]
check-scripts:
	shellcheck tests/*.sh tests/bench/*.sh lib/page/*.sh .ci/run
	mandoc -T lint -W warning man/*.[15]
check-cheap: check-layers check-symbols check-headers check-banned check-scripts

lint: check-cheap
	cppcheck -q --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
	    --suppress=missingIncludeSystem -D_GNU_SOURCE -Ilib -j2 lib cmd
	$(MAKE) -s BUILD=$(BUILD)/analyzer CC=gcc CFLAGS="-O1 -fanalyzer" analyzed
	clang-tidy --quiet --checks=-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling \
	    $(filter-out lib/html_entity.c,$(LIB_SRC)) $(CMD_SRC) -- -D_GNU_SOURCE -Ilib -std=c11 $(PC_FLAGS)
	clang-format --dry-run $(wildcard lib/*.[ch] cmd/*.[ch]) 2>&1 | grep -c warning: || true

# All but the file that includes lexbor's table of entities: gcc's analyser does not come to an end on it, clang-tidy crashes.
analyzed: $(filter-out %/html_entity.o,$(LIB_OBJ))

# ---- install ----

install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(INCDIR) \
	    $(DESTDIR)$(MANDIR)/man1 $(DESTDIR)$(MANDIR)/man5 $(DESTDIR)$(DATADIR)/bash-completion/completions \
	    $(DESTDIR)$(DATADIR)/zsh/site-functions $(DESTDIR)$(DATADIR)/fish/vendor_completions.d
	install -m 755 $(BUILD)/pressmark $(DESTDIR)$(BINDIR)
	install -m 644 $(BUILD)/libpressmark.a $(DESTDIR)$(LIBDIR)
	install -m 755 $(BUILD)/$(SONAME) $(DESTDIR)$(LIBDIR)/libpressmark.so.$(VERSION)
	ln -sf libpressmark.so.$(VERSION) $(DESTDIR)$(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(LIBDIR)/libpressmark.so
	install -m 644 lib/pressmark.h $(DESTDIR)$(INCDIR)
	sed -e 's|@PREFIX@|$(PREFIX)|; s|@LIBDIR@|$(LIBDIR)|; s|@INCDIR@|$(INCDIR)|; s|@VERSION@|$(VERSION)|' \
	    -e 's|@PKGS@|$(PKGS)|' lib/pressmark.pc.in >$(DESTDIR)$(LIBDIR)/pkgconfig/pressmark.pc
	install -m 644 man/*.1 $(DESTDIR)$(MANDIR)/man1
	install -m 644 man/*.5 $(DESTDIR)$(MANDIR)/man5
	$(BUILD)/pressmark completion bash >$(DESTDIR)$(DATADIR)/bash-completion/completions/pressmark
	$(BUILD)/pressmark completion zsh >$(DESTDIR)$(DATADIR)/zsh/site-functions/_pressmark
	$(BUILD)/pressmark completion fish >$(DESTDIR)$(DATADIR)/fish/vendor_completions.d/pressmark.fish

uninstall:
	rm -f $(DESTDIR)$(BINDIR)/pressmark $(DESTDIR)$(LIBDIR)/libpressmark.* $(DESTDIR)$(INCDIR)/pressmark.h \
	    $(DESTDIR)$(LIBDIR)/pkgconfig/pressmark.pc $(DESTDIR)$(DATADIR)/bash-completion/completions/pressmark \
	    $(DESTDIR)$(DATADIR)/zsh/site-functions/_pressmark \
	    $(DESTDIR)$(DATADIR)/fish/vendor_completions.d/pressmark.fish \
	    $(patsubst man/%,$(DESTDIR)$(MANDIR)/man1/%,$(wildcard man/*.1)) \
	    $(patsubst man/%,$(DESTDIR)$(MANDIR)/man5/%,$(wildcard man/*.5))

dist:
	@mkdir -p $(BUILD)
	git archive --prefix=pressmark-$(VERSION)/ -o $(BUILD)/pressmark-$(VERSION).tar.gz HEAD

clean:
	rm -rf $(BUILD)

.PHONY: all help bench-bin fuzz-bin deps demo check check-long check-browser unit cli interop real asan tsan valgrind \
    coverage fuzz hostile bench bench-scale fit check-layers check-symbols check-headers check-banned check-scripts \
    check-cheap lint analyzed install uninstall dist clean
.SECONDARY:
-include $(LIB_OBJ:.o=.d) $(CMD_OBJ:.o=.d) $(UNIT_BIN:=.d) $(FUZZ_BIN:=.d) $(BENCH_BIN:=.d)
