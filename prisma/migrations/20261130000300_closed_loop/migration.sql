-- The closed loop of CX as Code: how cited commits came in, what they changed, what repositories declare, and which version
-- of a flow a publication made. Kinds of column: fact (written with the row), state (read again at any time).

create table commit_merge (
  org_id uuid not null,
  repository text collate "C" not null,
  hash text collate "C" not null check (hash ~ '^[0-9a-f]{40}$'),
  received_at timestamptz(3) not null,
  content_sha256 bytea not null check (length(content_sha256) = 32),
  body text not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  primary key (org_id, hash, repository, received_at)
);
comment on table commit_merge is 'fact: what the host said about how a cited commit came in (its pull or merge request with the votes, or that there is none), a row whenever it differs from the one before. content_sha256 is the body''s. Leaf: kind commit_merge, fact id <hash>:<repository>:<received at>.';
create index commit_merge_unsealed on commit_merge (xid);
call tally.append_only('commit_merge');
call tally.org_rows('commit_merge');

create table commit_merge_lookup (
  org_id uuid not null,
  repository text collate "C" not null,
  hash text collate "C" not null,
  looked_up_at timestamptz(3),
  failed_at timestamptz(3),
  because text,
  primary key (org_id, hash, repository),
  check ((failed_at is null) = (because is null))
);
comment on table commit_merge_lookup is 'state: when the host was last asked how a commit came in; failed_at and because are set while the attempts since then failed (not re-checked since looked_up_at).';
create index commit_merge_lookup_failed on commit_merge_lookup (org_id, failed_at) where failed_at is not null;
call tally.mutable('commit_merge_lookup');
call tally.org_rows('commit_merge_lookup');

create table commit_patch (
  org_id uuid not null,
  repository text collate "C" not null,
  hash text collate "C" not null check (hash ~ '^[0-9a-f]{40}$'),
  received_at timestamptz(3) not null,
  vault_key text collate "C" not null,
  body text not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  primary key (org_id, hash, repository)
);
comment on table commit_patch is 'fact: the diff of a cited commit as it is kept in the vault, once: a commit never changes. body names the object of the vault with its SHA-256 and size, and every file with what of it is kept and why the rest is not. Leaf: kind commit_patch, fact id <hash>:<repository>.';
create index commit_patch_unsealed on commit_patch (xid);
call tally.append_only('commit_patch');
call tally.org_rows('commit_patch');

create table change_commit (
  org_id uuid not null,
  change_id text collate "C" not null,
  event_date timestamptz(3) not null,
  repository text collate "C" not null,
  hash text collate "C" not null,
  reference text collate "C" not null,
  primary key (org_id, change_id, hash, repository)
);
comment on table change_commit is 'state: which changes cite which commit that was found; rebuilt by linking again. reference is the hash as it was cited.';
create index change_commit_hash on change_commit (org_id, hash, event_date, change_id);
create index change_commit_event on change_commit (org_id, event_date, change_id);
call tally.mutable('change_commit');
call tally.org_rows('change_commit');

create table deployment_stamp (
  org_id uuid not null,
  change_id text collate "C" not null,
  event_date timestamptz(3) not null,
  actor_id text collate "C" not null,
  primary key (org_id, change_id)
);
comment on table deployment_stamp is 'state: changes of pipeline clients that cite a commit and whose neighbours in the same deployment are still to be looked at; a row is taken away with that.';
create index deployment_stamp_next on deployment_stamp (org_id, event_date, change_id);
call tally.mutable('deployment_stamp');
call tally.org_rows('deployment_stamp');

create table declared_object (
  org_id uuid not null,
  repository text collate "C" not null,
  path text collate "C" not null,
  resource_type text collate "C" not null,
  label text collate "C" not null,
  since_hash text collate "C" not null,
  since_at timestamptz(3) not null,
  until_hash text collate "C",
  until_at timestamptz(3),
  entity_types text[] not null,
  names text[] not null,
  ids text[] not null,
  primary key (org_id, repository, path, resource_type, label, since_hash),
  check ((until_hash is null) = (until_at is null))
);
comment on table declared_object is 'state: what the main branch of a repository declares, from the commit that began it to the one that ended it; read again from the repository at any time. ids are those that the block or an import gives the object; names are written out.';
create index declared_object_open on declared_object (org_id, repository) where until_at is null;
call tally.mutable('declared_object');
call tally.org_rows('declared_object');

create table repository_reading (
  org_id uuid not null,
  repository text collate "C" not null,
  head text collate "C",
  read_at timestamptz(3),
  failed_at timestamptz(3),
  because text,
  primary key (org_id, repository),
  check ((failed_at is null) = (because is null)),
  check ((head is null) = (read_at is null))
);
comment on table repository_reading is 'state: up to which commit each repository was read for what it declares; failed_at and because are set while it could not be read since.';
call tally.mutable('repository_reading');
call tally.org_rows('repository_reading');

create table flow_version (
  org_id uuid not null,
  flow_id text collate "C" not null,
  version text collate "C" not null,
  received_at timestamptz(3) not null,
  published_at timestamptz(3),
  body text not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id(),
  primary key (org_id, flow_id, version)
);
comment on table flow_version is 'fact: a published version of an Architect flow as the platform listed it when it was first read. Leaf: kind flow_version, fact id <flow>:<version>.';
create index flow_version_time on flow_version (org_id, flow_id, published_at);
create index flow_version_unsealed on flow_version (xid);
call tally.append_only('flow_version');
call tally.org_rows('flow_version');

create table flow_version_lookup (
  org_id uuid not null,
  flow_id text collate "C" not null,
  looked_up_at timestamptz(3) not null,
  because text,
  primary key (org_id, flow_id)
);
comment on table flow_version_lookup is 'state: when the versions of a flow were last asked for; because says why they could not be read.';
call tally.mutable('flow_version_lookup');
call tally.org_rows('flow_version_lookup');
