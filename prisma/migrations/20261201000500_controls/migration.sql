-- What is promised and how it stands: runs of controls, their results, the answers they rest on, and the settings they were judged by.
-- Kinds of column: fact (written with the row), opinion (rebuildable from facts).

create table control_run (
  id text collate "C" primary key,
  org_id uuid not null,
  occasion text not null check (occasion in ('scheduled', 'asked')),
  cadence text not null check (cadence in ('formal', 'continuous')),
  due_at timestamptz(3),
  asked_by text,
  as_of timestamptz(3) not null,
  started_at timestamptz(3) not null,
  finished_at timestamptz(3) not null,
  passed integer not null,
  failed integer not null,
  not_evaluated integer not null,
  not_applicable integer not null,
  client_id text,
  product_version text not null,
  body text not null,
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  check ((occasion = 'scheduled') = (due_at is not null)),
  check (finished_at >= started_at)
);
comment on table control_run is 'fact: one finished run over every control of an organisation, written with its results in one transaction; a run that was killed leaves nothing, and a due run that nobody finished is seen by its absence. due_at is the instant it was due at; client_id the OAuth client whose answers it rests on. Leaf: kind control_run, fact id its id.';
create index control_run_newest on control_run (org_id, started_at desc, id desc);
create unique index control_run_due on control_run (org_id, due_at, cadence) where due_at is not null;
create index control_run_unsealed on control_run (xid, id);
call tally.append_only('control_run');
call tally.org_rows('control_run');

create table control_answer (
  org_id uuid not null,
  sha256 bytea not null check (length(sha256) = 32),
  bytes text not null,
  primary key (org_id, sha256)
);
comment on table control_answer is 'fact: what an address of the platform answered, or what the product counted, as JSON without secrets; kept once however many runs found it unchanged. sha256 is over the UTF-8 bytes.';
call tally.append_only('control_answer');
call tally.org_rows('control_answer');

create table control_evidence (
  id text collate "C" primary key,
  org_id uuid not null,
  run_id text collate "C" not null references control_run (id),
  input text collate "C" not null,
  source text not null check (source in ('platform', 'product')),
  endpoint text,
  permission text,
  state text not null check (state in ('answered', 'no_permission', 'not_available', 'failed')),
  because text,
  http_status smallint,
  fetched_at timestamptz(3) not null,
  expected_total bigint,
  read_total bigint,
  pages integer,
  answer_sha256 bytea check (length(answer_sha256) = 32),
  body text not null,
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  check ((state = 'answered') = (answer_sha256 is not null)),
  check ((state = 'answered') = (because is null)),
  foreign key (org_id, answer_sha256) references control_answer (org_id, sha256)
);
comment on table control_evidence is 'fact: one input read once for a run and shared by its controls: asked where, with what answer, and how much of it was expected and read. source product: counted from the rooms of this product, endpoint then null. Leaf: kind control_evidence, fact id its id.';
create unique index control_evidence_run on control_evidence (run_id, input);
create index control_evidence_org on control_evidence (org_id, fetched_at, id);
create index control_evidence_unsealed on control_evidence (xid, id);
call tally.append_only('control_evidence');
call tally.org_rows('control_evidence');

create table control_result (
  id text collate "C" primary key,
  org_id uuid not null,
  run_id text collate "C" not null references control_run (id),
  control_id text collate "C" not null,
  rule_sha256 bytea not null check (length(rule_sha256) = 32),
  setting_ids text[] collate "C" not null,
  outcome text not null check (outcome in ('pass', 'fail', 'not_evaluated', 'not_applicable')),
  because text,
  sentence text not null,
  checked integer not null,
  failing integer not null,
  unknown integer not null,
  as_of timestamptz(3) not null,
  evaluated_at timestamptz(3) not null,
  body text not null,
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  check ((outcome in ('not_evaluated', 'not_applicable')) = (because is not null)),
  check (outcome <> 'pass' or (failing = 0 and unknown = 0))
);
comment on table control_result is 'fact: what one run said of one control. body is RFC 8785 JSON and holds the observations, thresholds and inputs besides the columns; setting_ids are the versions of settings it was judged by; checked, failing and unknown count its observations, unknown those that could not be told. Leaf: kind control_result, fact id its id.';
create unique index control_result_run on control_result (run_id, control_id);
create index control_result_history on control_result (org_id, control_id, evaluated_at desc, id desc);
create index control_result_unsealed on control_result (xid, id);
call tally.append_only('control_result');
call tally.org_rows('control_result');

create table control_setting_version (
  id text collate "C" primary key,
  org_id uuid not null,
  control_id text collate "C",
  what text not null check (what in ('thresholds', 'applicability', 'mapping', 'schedule')),
  value jsonb not null,
  effective_from timestamptz(3) not null,
  expires_at timestamptz(3),
  reason text not null,
  set_by_id text,
  set_by text not null,
  body text not null,
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  check ((what = 'schedule') = (control_id is null)),
  check (expires_at is null or expires_at > effective_from),
  check (what <> 'applicability' or (value ->> 'applicable') = 'true' or expires_at is not null)
);
comment on table control_setting_version is 'fact: what an organisation set about a control, or about the schedule of all. Holds from effective_from until a later version of the same (control, what); a control that is declared not applicable is so until expires_at, without which it cannot be. Leaf: kind control_setting, fact id its id.';
create index control_setting_version_of on control_setting_version (org_id, control_id, what, effective_from desc, id desc);
create index control_setting_version_unsealed on control_setting_version (xid, id);
call tally.append_only('control_setting_version');
call tally.org_rows('control_setting_version');

create table control_status (
  org_id uuid not null,
  control_id text collate "C" not null,
  result_id text collate "C" not null,
  run_id text collate "C" not null,
  outcome text not null check (outcome in ('pass', 'fail', 'not_evaluated', 'not_applicable')),
  since timestamptz(3) not null,
  evaluated_at timestamptz(3) not null,
  primary key (org_id, control_id)
);
comment on table control_status is 'All columns opinions: the newest result of each control and since when its outcome is what it is; each run makes all of them anew from control_result.';
call tally.mutable('control_status');
call tally.org_rows('control_status');
