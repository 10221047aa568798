/** What the database keeps of hubs (version 2). Append only, like every script of `../migrations.ts`. */
export const HUB_TABLES = `
  -- Uploads on their way. One document for each place in a hub; a run is shared once at each visibility.
  CREATE TABLE outbox (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    hub            TEXT NOT NULL,
    project        TEXT NOT NULL,
    local_run_id   TEXT NOT NULL,
    run_id         TEXT NOT NULL,
    visibility     TEXT NOT NULL CHECK (visibility IN ('community', 'public')),
    month          TEXT NOT NULL,
    path           TEXT NOT NULL,
    content_sha256 TEXT NOT NULL CHECK (length(content_sha256) = 64),
    state          TEXT NOT NULL CHECK (state IN ('queued', 'inflight', 'held', 'pushed', 'conflict', 'rejected')),
    attempts       INTEGER NOT NULL DEFAULT 0,
    next_at        TEXT,
    reason         TEXT,
    commit_oid     TEXT,
    created_at     TEXT NOT NULL,
    owner          TEXT,
    lease_until    TEXT,
    bytes          BLOB NOT NULL,
    UNIQUE (hub, path),
    UNIQUE (hub, local_run_id, visibility),
    CHECK ((state = 'inflight') = (owner IS NOT NULL AND lease_until IS NOT NULL))
  ) STRICT;
  CREATE INDEX outbox_open ON outbox (hub, id) WHERE state IN ('queued', 'inflight');
  CREATE INDEX outbox_by_run ON outbox (local_run_id);

  CREATE TABLE hub (
    key           INTEGER PRIMARY KEY,
    url           TEXT NOT NULL UNIQUE,
    head          TEXT,
    tree          TEXT,
    epoch         INTEGER NOT NULL,
    target_head   TEXT,
    target_tree   TEXT,
    target_cursor TEXT,
    -- Counts syncs that had a target of their own, so that what an abandoned one brought is known.
    sync          INTEGER NOT NULL DEFAULT 0,
    synced_at     TEXT,
    state         TEXT NOT NULL DEFAULT 'ok' CHECK (state IN ('ok', 'diverged')),
    CHECK ((target_head IS NULL) = (target_tree IS NULL) AND (target_head IS NULL) = (target_cursor IS NULL))
  ) STRICT;

  CREATE TABLE hub_registry (
    hub_key INTEGER NOT NULL REFERENCES hub (key) ON DELETE CASCADE,
    path    TEXT NOT NULL,
    bytes   BLOB NOT NULL,
    UNIQUE (hub_key, path)
  ) STRICT;

  -- Registry documents as they stood before the sync under way (null: not there), in case it is abandoned.
  CREATE TABLE hub_registry_before (
    hub_key INTEGER NOT NULL REFERENCES hub (key) ON DELETE CASCADE,
    path    TEXT NOT NULL,
    bytes   BLOB,
    UNIQUE (hub_key, path)
  ) STRICT;

  -- Public keys as they were first seen; project '' stands for the hub's maintainers.
  CREATE TABLE hub_pin (
    hub_key    INTEGER NOT NULL REFERENCES hub (key) ON DELETE CASCADE,
    project    TEXT NOT NULL,
    key_id     TEXT NOT NULL,
    public_key TEXT NOT NULL,
    pinned_at  TEXT NOT NULL,
    PRIMARY KEY (hub_key, project, key_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE hub_quarantine (
    hub_key INTEGER NOT NULL REFERENCES hub (key) ON DELETE CASCADE,
    path    TEXT NOT NULL,
    -- '' where nobody knows.
    run_id  TEXT NOT NULL,
    reason  TEXT NOT NULL,
    -- Value of hub.sync when it was found.
    sync    INTEGER NOT NULL,
    PRIMARY KEY (hub_key, path, run_id, reason)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE hub_project (
    key     INTEGER PRIMARY KEY,
    hub_key INTEGER NOT NULL REFERENCES hub (key) ON DELETE CASCADE,
    name    TEXT NOT NULL,
    UNIQUE (hub_key, name)
  ) STRICT;

  -- A month of a project: with the run id (or without, in a segment) that is a path.
  CREATE TABLE hub_folder (
    key         INTEGER PRIMARY KEY,
    project_key INTEGER NOT NULL REFERENCES hub_project (key) ON DELETE CASCADE,
    month       TEXT NOT NULL,
    UNIQUE (project_key, month)
  ) STRICT;

  -- What is measured against what: the unit of a leaderboard.
  CREATE TABLE hub_task (
    key             INTEGER PRIMARY KEY,
    benchmark_type  TEXT NOT NULL,
    dataset         TEXT,
    dataset_version TEXT,
    labels          TEXT
  ) STRICT;
  CREATE UNIQUE INDEX hub_task_identity ON hub_task
    (benchmark_type, ifnull('=' || dataset, ''), ifnull('=' || dataset_version, ''), ifnull('=' || labels, ''));
  CREATE INDEX hub_task_by_dataset ON hub_task (dataset);

  CREATE TABLE hub_comparability (
    key  INTEGER PRIMARY KEY,
    json TEXT NOT NULL UNIQUE CHECK (json_type(json) = 'object')
  ) STRICT;

  CREATE TABLE hub_environment (
    key                 INTEGER PRIMARY KEY,
    json                TEXT NOT NULL UNIQUE CHECK (json_type(json) = 'object'),
    machine_fingerprint TEXT
  ) STRICT;

  CREATE TABLE hub_method (
    key    INTEGER PRIMARY KEY,
    agent  TEXT NOT NULL,
    cpu    TEXT,
    memory TEXT
  ) STRICT;
  CREATE UNIQUE INDEX hub_method_identity ON hub_method (agent, ifnull('=' || cpu, ''), ifnull('=' || memory, ''));

  -- Runs of one dataset name the same samples in the same order: they share the list, and a number in it pairs them.
  -- Runs with different lists are paired by name. Names of anonymised runs are pseudonyms and pair with nothing.
  CREATE TABLE hub_sample_list (
    key   INTEGER PRIMARY KEY,
    names TEXT NOT NULL UNIQUE CHECK (json_type(names) = 'array')
  ) STRICT;
  CREATE TABLE hub_sample (
    list_key INTEGER NOT NULL REFERENCES hub_sample_list (key) ON DELETE CASCADE,
    number   INTEGER NOT NULL,
    name     TEXT NOT NULL,
    PRIMARY KEY (list_key, number)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE hub_signer (
    key    INTEGER PRIMARY KEY,
    key_id TEXT NOT NULL UNIQUE
  ) STRICT;

  -- Exact documents, one after the other, compressed together (docs/decisions/0085).
  -- A key is never used again: a reader that finds it finds the block it was told of.
  CREATE TABLE hub_block (
    key   INTEGER PRIMARY KEY AUTOINCREMENT,
    bytes BLOB NOT NULL
  ) STRICT;

  CREATE TABLE hub_run (
    key               INTEGER PRIMARY KEY,
    hub_key           INTEGER NOT NULL,
    id                TEXT NOT NULL,
    project_key       INTEGER NOT NULL,
    folder_key        INTEGER NOT NULL,
    -- Where it is in the tree: 1 its own file, 2 the month's segment, 3 both, 0 nowhere any more.
    places            INTEGER NOT NULL,
    -- 1: it went and nobody said why; kept. 2: brought by a sync that was abandoned.
    missing           INTEGER NOT NULL DEFAULT 0,
    -- Value of hub.sync when it came.
    added_in          INTEGER NOT NULL,
    -- 0 owner, 1 unknown-owner, 2 revoked, 3 anonymous.
    trust             INTEGER NOT NULL,
    visibility        TEXT NOT NULL,
    anonymised        INTEGER NOT NULL,
    task_key          INTEGER NOT NULL,
    state             TEXT NOT NULL,
    -- A day only, where anonymised.
    started_at        TEXT NOT NULL,
    finished_at       TEXT,
    first_seen_at     TEXT NOT NULL,
    label             TEXT,
    branch            TEXT,
    git_commit        TEXT,
    tags              TEXT,
    comparability_key INTEGER NOT NULL,
    environment_key   INTEGER NOT NULL,
    samples_key       INTEGER NOT NULL,
    signer_key        INTEGER NOT NULL,
    condensed         INTEGER NOT NULL,
    content_sha256    BLOB NOT NULL,
    -- Beginning of the signature, which covers every byte of the document: another one is another document.
    signature_start   TEXT NOT NULL,
    block_key         INTEGER NOT NULL,
    block_offset      INTEGER NOT NULL,
    block_length      INTEGER NOT NULL,
    UNIQUE (hub_key, id)
  ) STRICT;
  CREATE INDEX hub_run_by_folder ON hub_run (folder_key, id);
  CREATE INDEX hub_run_by_content ON hub_run (substr(content_sha256, 1, 6));
  CREATE INDEX hub_run_by_block ON hub_run (block_key);
  CREATE INDEX hub_run_out_of_tree ON hub_run (hub_key) WHERE places = 0;

  -- Where runs stood whose place changed in the sync under way, in case it is abandoned.
  CREATE TABLE hub_moved (
    run_key    INTEGER PRIMARY KEY,
    hub_key    INTEGER NOT NULL,
    folder_key INTEGER NOT NULL,
    places     INTEGER NOT NULL
  ) STRICT;

  -- Variants of each run; the index finds the newest run of each project and variant in a task without the runs.
  CREATE TABLE hub_run_variant (
    run_key     INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    variant_key INTEGER NOT NULL,
    task_key    INTEGER NOT NULL,
    project_key INTEGER NOT NULL,
    trust       INTEGER NOT NULL,
    started_at  TEXT NOT NULL,
    PRIMARY KEY (run_key, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX hub_run_variant_newest ON hub_run_variant (task_key, variant_key, project_key, started_at, trust);

  -- number: position in the document; sample: number in the run's list, null for the whole dataset.
  CREATE TABLE hub_execution (
    run_key     INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    variant_key INTEGER NOT NULL,
    sample      INTEGER,
    repeat      INTEGER NOT NULL,
    state       TEXT NOT NULL,
    exit_code   INTEGER,
    method_key  INTEGER,
    noisy       INTEGER,
    PRIMARY KEY (run_key, number)
  ) STRICT, WITHOUT ROWID;

  -- Scores of a run lie together, those of a series next to each other: reading a metric of chosen runs touches little.
  CREATE TABLE hub_score (
    run_key    INTEGER NOT NULL,
    series_key INTEGER NOT NULL,
    execution  INTEGER NOT NULL,
    ordinal    INTEGER NOT NULL,
    sample     INTEGER,
    value      REAL,
    reason     TEXT,
    PRIMARY KEY (run_key, series_key, execution, ordinal),
    CHECK ((value IS NULL) <> (reason IS NULL))
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE hub_summary (
    run_key     INTEGER NOT NULL,
    series_key  INTEGER NOT NULL,
    ordinal     INTEGER NOT NULL,
    variant_key INTEGER NOT NULL,
    value       REAL,
    reason      TEXT,
    n           INTEGER NOT NULL,
    n_expected  INTEGER NOT NULL,
    low         REAL,
    high        REAL,
    aggregation TEXT NOT NULL,
    interval    TEXT,
    PRIMARY KEY (run_key, series_key, ordinal),
    CHECK ((value IS NULL) <> (reason IS NULL))
  ) STRICT, WITHOUT ROWID;

  -- References from the tables above are not declared, because checking them for each score would double the time of
  -- a first sync; what belongs to a run goes with it all the same.
  CREATE TRIGGER hub_run_removed AFTER DELETE ON hub_run BEGIN
    DELETE FROM hub_moved WHERE run_key = OLD.key;
    DELETE FROM hub_run_variant WHERE run_key = OLD.key;
    DELETE FROM hub_execution WHERE run_key = OLD.key;
    DELETE FROM hub_score WHERE run_key = OLD.key;
    DELETE FROM hub_summary WHERE run_key = OLD.key;
  END;

  -- What was disclosed, erased or changed. Each entry carries the hash of the one before.
  CREATE TABLE audit (
    seq           INTEGER PRIMARY KEY,
    at            TEXT NOT NULL,
    actor         TEXT NOT NULL,
    action        TEXT NOT NULL,
    object_hash   TEXT,
    detail_commit TEXT NOT NULL,
    prev_hash     TEXT NOT NULL,
    hash          TEXT NOT NULL
  ) STRICT;
  CREATE INDEX audit_by_object ON audit (object_hash) WHERE object_hash IS NOT NULL;
  CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN
    SELECT raise(ABORT, 'The audit log is append-only.');
  END;
  CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN
    SELECT raise(ABORT, 'The audit log is append-only.');
  END;
  CREATE TRIGGER audit_goes_on BEFORE INSERT ON audit
  WHEN NEW.seq <> (SELECT ifnull(max(seq), 0) + 1 FROM audit) BEGIN
    SELECT raise(ABORT, 'The audit log is append-only.');
  END;

  -- Detail of an entry, bound to it by the salted hash there; may be erased.
  CREATE TABLE audit_detail (
    seq    INTEGER PRIMARY KEY,
    salt   TEXT NOT NULL,
    detail TEXT NOT NULL CHECK (json_type(detail) = 'object')
  ) STRICT;
`
