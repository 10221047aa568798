import { HUB_TABLES } from './hub/schema.ts'

/**
 * One SQL script for each version of the database, in order; `user_version` is the number applied.
 * Append only: a released script never changes.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE environment (
    key    INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    json   TEXT NOT NULL CHECK (json_valid(json))
  ) STRICT;

  CREATE TABLE run (
    key              INTEGER PRIMARY KEY,
    id               TEXT NOT NULL UNIQUE,
    project          TEXT,
    benchmark_type   TEXT NOT NULL,
    state            TEXT NOT NULL CHECK (state IN
      ('planned', 'running', 'completed', 'incomplete', 'interrupted', 'cancelled', 'imported')),
    started_at       TEXT NOT NULL,
    finished_at      TEXT,
    label            TEXT,
    branch           TEXT,
    git_commit       TEXT,
    tags             TEXT NOT NULL CHECK (json_type(tags) = 'array'),
    pipelines        TEXT NOT NULL CHECK (json_type(pipelines) = 'array'),
    primary_metrics  TEXT NOT NULL CHECK (json_type(primary_metrics) = 'array'),
    comparability    TEXT NOT NULL CHECK (json_type(comparability) = 'object'),
    warnings         TEXT NOT NULL CHECK (json_type(warnings) = 'array'),
    environment_key  INTEGER NOT NULL REFERENCES environment (key),
    cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1))
  ) STRICT;
  CREATE INDEX run_by_start ON run (started_at, id);
  CREATE INDEX run_by_label ON run (label) WHERE label IS NOT NULL;
  CREATE INDEX run_by_environment ON run (environment_key);

  -- The plan document, deflated; the folder of the run stands beside it because queries need it.
  CREATE TABLE plan (
    run_key     INTEGER PRIMARY KEY REFERENCES run (key) ON DELETE CASCADE,
    results_dir TEXT NOT NULL,
    document    BLOB NOT NULL
  ) STRICT;

  -- Samples are numbered inside their run: scores stay small, and removing a run leaves no sample name behind.
  CREATE TABLE sample (
    run_key INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
    number  INTEGER NOT NULL,
    name    TEXT NOT NULL,
    listed  INTEGER NOT NULL CHECK (listed IN (0, 1)),
    PRIMARY KEY (run_key, number),
    UNIQUE (run_key, name)
  ) STRICT, WITHOUT ROWID;

  -- A pipeline at one version with one parameter set.
  CREATE TABLE variant (
    key      INTEGER PRIMARY KEY,
    pipeline TEXT NOT NULL,
    params   TEXT NOT NULL CHECK (json_type(params) = 'object'),
    version  TEXT
  ) STRICT;
  CREATE UNIQUE INDEX variant_identity ON variant (pipeline, params, ifnull('=' || version, ''));

  -- Everything about a score that repeats over samples and runs.
  CREATE TABLE series (
    key       INTEGER PRIMARY KEY,
    metric    TEXT NOT NULL,
    level     TEXT,
    rank      TEXT,
    unit      TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('higher', 'lower', 'none'))
  ) STRICT;
  CREATE UNIQUE INDEX series_identity
    ON series (metric, ifnull('=' || level, ''), ifnull('=' || rank, ''), unit, direction);

  CREATE TABLE execution (
    key                INTEGER PRIMARY KEY,
    run_key            INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
    id                 INTEGER NOT NULL CHECK (id >= 1),
    variant_key        INTEGER NOT NULL REFERENCES variant (key),
    sample             INTEGER,
    repeat             INTEGER NOT NULL CHECK (repeat >= 1),
    warmup             INTEGER NOT NULL CHECK (warmup IN (0, 1)),
    attempt            INTEGER NOT NULL CHECK (attempt >= 1),
    state              TEXT NOT NULL CHECK (state IN
      ('planned', 'starting', 'running', 'collecting', 'succeeded', 'cached', 'failed', 'start_failed', 'timed_out',
       'memory_exceeded', 'oom_killed', 'cancelled', 'lost', 'skipped', 'imported')),
    reason             TEXT,
    exit_code          INTEGER,
    signal             TEXT,
    started_at         TEXT,
    finished_at        TEXT,
    output_key         TEXT,
    cached_run         TEXT,
    cached_execution   INTEGER,
    cached_finished_at TEXT,
    handle             TEXT CHECK (handle IS NULL OR json_valid(handle)),
    warnings           TEXT NOT NULL DEFAULT '[]' CHECK (json_type(warnings) = 'array'),
    UNIQUE (run_key, id),
    FOREIGN KEY (run_key, sample) REFERENCES sample (run_key, number),
    CHECK ((cached_run IS NULL) = (cached_execution IS NULL))
  ) STRICT;
  CREATE INDEX execution_by_variant ON execution (variant_key);
  CREATE INDEX execution_by_output ON execution (output_key) WHERE output_key IS NOT NULL;

  CREATE TABLE resource (
    execution_key            INTEGER PRIMARY KEY REFERENCES execution (key) ON DELETE CASCADE,
    wall_seconds             REAL,
    cpu_seconds              REAL,
    cpu_user_seconds         REAL,
    cpu_system_seconds       REAL,
    peak_rss_bytes           REAL,
    peak_rss_sum_bytes       REAL,
    peak_pss_bytes           REAL,
    biggest_process_bytes    REAL,
    cgroup_peak_bytes        REAL,
    read_chars_bytes         REAL,
    written_chars_bytes      REAL,
    read_bytes               REAL,
    write_bytes              REAL,
    output_bytes             REAL,
    cpu_efficiency           REAL,
    agent                    TEXT NOT NULL,
    cpu_method               TEXT,
    memory_method            TEXT,
    interval_ms              REAL,
    ticks                    REAL,
    escaped_processes        REAL,
    sampling_gap_seconds     REAL,
    noisy                    INTEGER CHECK (noisy IN (0, 1)),
    co_running               REAL,
    other_cpu_share          REAL,
    steal_share              REAL,
    psi_cpu_some_average     REAL,
    load_average             REAL,
    CHECK ((noisy IS NULL) = (co_running IS NULL))
  ) STRICT;

  -- SQLite turns NaN into NULL without a word: the first check then fails. The second keeps infinities out.
  CREATE TABLE score (
    execution_key INTEGER NOT NULL REFERENCES execution (key) ON DELETE CASCADE,
    ordinal       INTEGER NOT NULL,
    series_key    INTEGER NOT NULL REFERENCES series (key),
    sample        INTEGER,
    value         REAL,
    reason        TEXT,
    PRIMARY KEY (execution_key, ordinal),
    CHECK ((value IS NULL) <> (reason IS NULL)),
    CHECK (value IS NULL OR abs(value) < 9e999)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE summary (
    run_key     INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    variant_key INTEGER NOT NULL REFERENCES variant (key),
    series_key  INTEGER NOT NULL REFERENCES series (key),
    value       REAL,
    reason      TEXT,
    n           INTEGER NOT NULL CHECK (n >= 0),
    n_expected  INTEGER NOT NULL CHECK (n_expected >= 0),
    low         REAL,
    high        REAL,
    aggregation TEXT NOT NULL CHECK (aggregation IN ('macro', 'micro', 'median', 'total')),
    interval    TEXT,
    PRIMARY KEY (run_key, ordinal),
    CHECK ((value IS NULL) <> (reason IS NULL)),
    CHECK (value IS NULL OR abs(value) < 9e999)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX summary_by_series ON summary (series_key, run_key);
  CREATE INDEX summary_by_variant ON summary (variant_key);

  -- What happened when: every transition of a run (execution_id null) or an execution. Never updated.
  CREATE TABLE event (
    key          INTEGER PRIMARY KEY,
    run_key      INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
    execution_id INTEGER,
    attempt      INTEGER,
    at           TEXT NOT NULL,
    from_state   TEXT,
    to_state     TEXT NOT NULL,
    reason       TEXT,
    exit_code    INTEGER,
    signal       TEXT
  ) STRICT;
  CREATE INDEX event_by_run ON event (run_key);

  -- At most one row: who runs something in this project now.
  CREATE TABLE lease (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    run_id      TEXT NOT NULL,
    host        TEXT NOT NULL,
    boot_id     TEXT NOT NULL,
    pid         INTEGER NOT NULL,
    start_ticks TEXT NOT NULL
  ) STRICT;
  `,
  HUB_TABLES,
  `
  -- What later runs are held against, by branch and label; null: whatever the branch, whatever the label. A run that is a
  -- baseline cannot be deleted: the reference has no ON DELETE.
  CREATE TABLE baseline (
    key     INTEGER PRIMARY KEY,
    branch  TEXT,
    label   TEXT,
    run_key INTEGER NOT NULL REFERENCES run (key),
    set_at  TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX baseline_place ON baseline (ifnull('=' || branch, ''), ifnull('=' || label, ''));
  CREATE INDEX baseline_by_run ON baseline (run_key);
  `,
  `
  -- Digests of the databases executions read, by name. Null there: not known, as of everything before this table.
  CREATE TABLE database_set (
    key  INTEGER PRIMARY KEY,
    json TEXT NOT NULL UNIQUE CHECK (json_type(json) = 'object')
  ) STRICT;
  ALTER TABLE execution ADD COLUMN databases_key INTEGER REFERENCES database_set (key);
  CREATE INDEX execution_by_databases ON execution (databases_key) WHERE databases_key IS NOT NULL;
  -- Not declared as a reference, like all of the tables of hubs; executions there name the variant.
  ALTER TABLE hub_run_variant ADD COLUMN databases_key INTEGER;
  `,
]
