/*
 * schema.h - the tables of the manifest; private to manifest*.c, described in pressmark-format(5).
 *
 * Step n of the list takes a manifest from version n to n + 1; each runs in one transaction.
 */
#ifndef PM_SCHEMA_H
#define PM_SCHEMA_H

#define PM_SCHEMA_APPLICATION_ID 0x70726d6b /* "prmk" */

static const char *const pm_schema_steps[] = {
    "CREATE TABLE bundle("
    " id INTEGER PRIMARY KEY," /* bundles/NNNNNN.warc.zst */
    " size INTEGER NOT NULL,"  /* committed bytes */
    " sealed INTEGER NOT NULL"
    ");"
    "CREATE TABLE capture("
    " id INTEGER PRIMARY KEY,"
    " uid BLOB NOT NULL UNIQUE,"
    " key TEXT, url TEXT NOT NULL, outlet TEXT,"
    " when_us INTEGER, when_source INTEGER NOT NULL,"
    " media INTEGER NOT NULL, type TEXT, status INTEGER NOT NULL,"
    " payload_size INTEGER NOT NULL, payload_sha256 BLOB NOT NULL,"
    " original INTEGER REFERENCES capture,"
    " page_bundle INTEGER NOT NULL, page_offset INTEGER NOT NULL, page_length INTEGER NOT NULL,"
    " text_bundle INTEGER NOT NULL, text_offset INTEGER NOT NULL, text_length INTEGER NOT NULL,"
    " meta_bundle INTEGER NOT NULL, meta_offset INTEGER NOT NULL, meta_length INTEGER NOT NULL,"
    " title TEXT, standfirst TEXT, byline TEXT, published TEXT, modified TEXT, section TEXT,"
    " site TEXT, language TEXT, canonical TEXT, captions TEXT, credit TEXT, credit_words TEXT,"
    " words INTEGER NOT NULL"
    ");"
    "CREATE INDEX capture_url ON capture(url, when_us);"
    "CREATE INDEX capture_key ON capture(key) WHERE key IS NOT NULL;"
    "CREATE INDEX capture_when ON capture(when_us, uid);"
    "CREATE INDEX capture_outlet ON capture(outlet, when_us);"
    "CREATE INDEX capture_payload ON capture(payload_sha256) WHERE original IS NULL;"
    "CREATE TABLE record("
    " bundle INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,"
    " type TEXT NOT NULL, size INTEGER NOT NULL, sha256 BLOB NOT NULL,"
    " frame_xxh3 INTEGER NOT NULL," /* of the frame as stored */
    " capture INTEGER REFERENCES capture,"
    " PRIMARY KEY(bundle, offset)"
    ") WITHOUT ROWID;"
    "CREATE INDEX record_other ON record(sha256) WHERE capture IS NULL;"
    "CREATE TABLE fingerprint("
    " capture INTEGER PRIMARY KEY REFERENCES capture, exact INTEGER NOT NULL, packed BLOB NOT NULL"
    ");"
    "CREATE TABLE run(parameters TEXT NOT NULL);" /* of the dedupe that filled the tables below */
    "CREATE TABLE cluster("
    " id TEXT PRIMARY KEY, level INTEGER NOT NULL, story TEXT,"
    " source INTEGER NOT NULL REFERENCES capture, confidence REAL NOT NULL, reasons TEXT NOT NULL,"
    " members INTEGER NOT NULL, first_us INTEGER, last_us INTEGER"
    ") WITHOUT ROWID;"
    "CREATE INDEX cluster_size ON cluster(level, members DESC, first_us, id);"
    "CREATE TABLE member("
    " cluster TEXT NOT NULL REFERENCES cluster, capture INTEGER NOT NULL REFERENCES capture,"
    " containment REAL NOT NULL, jaccard REAL NOT NULL, shared_words INTEGER NOT NULL,"
    " cut_words INTEGER NOT NULL, added_words INTEGER NOT NULL, previous INTEGER,"
    " PRIMARY KEY(cluster, capture)"
    ") WITHOUT ROWID;"
    "CREATE INDEX member_capture ON member(capture);"
    "CREATE TABLE edge("
    " a INTEGER NOT NULL, b INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " contain_h5 REAL NOT NULL, contain_hc REAL NOT NULL, jaccard REAL NOT NULL,"
    " shared_h5 INTEGER NOT NULL, shared_hc INTEGER NOT NULL, longest INTEGER NOT NULL,"
    " PRIMARY KEY(a, b)"
    ") WITHOUT ROWID;",
    /* 1 to 2: furniture. What was taken in before takes no part in it; a rebuild makes good for that. */
    "CREATE TABLE blocks(" /* of texts, for learning: of each outlet those with the lowest uids */
    " outlet TEXT NOT NULL, uid BLOB NOT NULL, capture INTEGER NOT NULL REFERENCES capture,"
    " packed BLOB NOT NULL,"
    " PRIMARY KEY(outlet, uid)"
    ") WITHOUT ROWID;"
    "CREATE TABLE unlearned(outlet TEXT PRIMARY KEY) WITHOUT ROWID;" /* got blocks since it was learned from */
    "CREATE TABLE furniture("
    " outlet TEXT NOT NULL, hash INTEGER NOT NULL, captures INTEGER NOT NULL, captures_of INTEGER NOT NULL,"
    " opens INTEGER NOT NULL, text TEXT NOT NULL,"
    " PRIMARY KEY(outlet, hash)"
    ") WITHOUT ROWID;"
    /* What the last dedupe found goes: the next one finds it anew, from fingerprints of another kind. */
    "DELETE FROM edge; DELETE FROM member; DELETE FROM cluster; DROP TABLE run;"
    /* Of that dedupe: what it took for furniture, packed hashes; its state file, by a hash. */
    "CREATE TABLE run(parameters TEXT NOT NULL, boilerplate BLOB NOT NULL, state INTEGER NOT NULL);"
    "ALTER TABLE edge DROP COLUMN longest;",
    /* 2 to 3: fingerprints of another kind. The old ones go, which a dedupe tells; a rebuild makes them anew. */
    "UPDATE fingerprint SET packed = x'';"
    "DELETE FROM edge; DELETE FROM member; DELETE FROM cluster; DELETE FROM run;"
    /* Long texts are looked up by pm_hash(), 32 bits, and kept once: an index of URLs took as much as all titles. */
    "ALTER TABLE capture ADD COLUMN url_hash INTEGER;"
    "ALTER TABLE capture ADD COLUMN key_hash INTEGER;"
    "UPDATE capture SET url_hash = pm_hash(url), key_hash = pm_hash(key),"
    " canonical = CASE canonical WHEN url THEN '' ELSE canonical END;" /* '': it is the URL */
    "DROP INDEX capture_url; DROP INDEX capture_key; DROP INDEX capture_payload;"
    "CREATE INDEX capture_url ON capture(url_hash, when_us);"
    "CREATE INDEX capture_key ON capture(key_hash) WHERE key_hash IS NOT NULL;"
    "CREATE INDEX capture_payload ON capture(substr(payload_sha256, 1, 8)) WHERE original IS NULL;",
};

#endif
