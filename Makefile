# pressmark - one Makefile, output in build/. Targets: make help
BUILD    ?= build
PREFIX   ?= /usr/local
CC       ?= cc
CFLAGS   ?= -O2 -g
WERROR   ?=
PKGS     := lexbor libarchive libzstd libdeflate zlib libxxhash sqlite3 libcrypto libutf8proc jansson libbrotlidec
WARN     := -std=c11 -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wconversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wwrite-strings -Wformat=2 -fvisibility=hidden $(WERROR)
PC_FLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PC_LIBS  := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lm -pthread
ALL_CPP   = -D_GNU_SOURCE -Ilib $(PC_FLAGS) -MMD -MP $(CPPFLAGS)
ALL_C     = $(WARN) -fPIC -pthread $(CFLAGS)

LIB_SRC  := $(wildcard lib/*.c)
CMD_SRC  := $(wildcard cmd/*.c)
UNIT_SRC := $(wildcard tests/unit/test_*.c)
LIB_OBJ  := $(LIB_SRC:%.c=$(BUILD)/%.o)
CMD_OBJ  := $(CMD_SRC:%.c=$(BUILD)/%.o)
UNIT_BIN := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/unit/%)

# The program links once the public interface is there.
all: $(BUILD)/libpressmark.a $(if $(wildcard lib/archive.c),$(BUILD)/pressmark,$(CMD_OBJ))

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CPP) $(ALL_C) -c -o $@ $<

$(BUILD)/libpressmark.a: $(LIB_OBJ)
	rm -f $@ && ar rcs $@ $^

$(BUILD)/pressmark: $(CMD_OBJ) $(BUILD)/libpressmark.a
	$(CC) $(ALL_C) $(LDFLAGS) -o $@ $^ $(PC_LIBS)

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libpressmark.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CPP) $(ALL_C) $(LDFLAGS) -o $@ $< $(BUILD)/libpressmark.a $(PC_LIBS) -lcmocka

unit: $(UNIT_BIN)
	@set -e; for t in $^; do $$t; done

clean:
	rm -rf $(BUILD)

.PHONY: all unit clean
.SECONDARY:
-include $(LIB_OBJ:.o=.d) $(CMD_OBJ:.o=.d)
