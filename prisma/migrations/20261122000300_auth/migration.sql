-- People, sign-in, sessions, keys, settings, secrets, sources.

create table app_user (
  id text collate "C" primary key,
  email text not null unique check (email = lower(email)),   -- fact
  name text not null,                                        -- opinion
  role text not null check (role in ('admin', 'officer', 'auditor', 'operator', 'privacy_officer')),
  org_scope uuid[],                                          -- opinion; null: every organisation
  state text not null check (state in ('invited', 'active', 'disabled')),
  created_at timestamptz(3) not null,
  last_sign_in_at timestamptz(3)                             -- opinion
);
comment on table app_user is 'state: people of the product; each change is journaled';
call tally.mutable('app_user');

create table user_password (
  user_id text collate "C" primary key references app_user (id) on delete cascade,
  hash text not null,
  changed_at timestamptz(3) not null
);
comment on table user_password is 'credentials: argon2id in PHC form';
call tally.private('user_password');

create table user_identity (
  issuer text not null,
  subject text not null,
  user_id text collate "C" not null references app_user (id) on delete cascade,
  linked_at timestamptz(3) not null,
  primary key (issuer, subject)
);
comment on table user_identity is 'credentials: who a person is at an OpenID provider; the key is issuer and subject, never the e-mail';
call tally.private('user_identity');
create index user_identity_user on user_identity (user_id);

create table user_session (
  id text collate "C" primary key,
  sid_hash bytea not null unique check (length(sid_hash) = 32),
  user_id text collate "C" not null references app_user (id) on delete cascade,
  method text not null check (method in ('password', 'oidc')),
  created_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  idle_seconds integer not null check (idle_seconds > 0),
  expires_at timestamptz(3) not null,
  revoked_at timestamptz(3),
  revoked_reason text,
  ip text,
  user_agent text
);
comment on table user_session is 'sessions: SHA-256 of the session id, never the id';
call tally.private('user_session');
create index user_session_user on user_session (user_id) where revoked_at is null;

create table api_key (
  id text collate "C" primary key,
  name text not null,
  role text not null check (role in ('admin', 'officer', 'auditor', 'operator', 'privacy_officer')),
  org_scope uuid[],                                          -- fact; null: every organisation
  created_at timestamptz(3) not null,
  created_by text not null,                                  -- fact: name of the maker at that moment
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  last_used_at timestamptz(3)                                -- opinion: to the minute
);
comment on table api_key is 'state: keys of programs; the secret''s hash stands apart';
call tally.mutable('api_key');

create table api_key_secret (
  key_id text collate "C" primary key references api_key (id) on delete cascade,
  hash bytea not null unique check (length(hash) = 32)
);
comment on table api_key_secret is 'credentials: SHA-256 of a 256-bit secret';
call tally.private('api_key_secret');

create unlogged table throttle (
  bucket text primary key,
  window_start timestamptz(3) not null,
  uses integer not null
);
comment on table throttle is 'state: fixed windows of rate limits; may be emptied at any moment';
call tally.private('throttle');

-- Settings: each version is a fact; the one in force at t is the last with valid_from <= t.
create table setting_version (
  id text collate "C" primary key,
  org_id uuid,                                               -- fact; null: the installation
  name text not null,
  value jsonb not null,
  valid_from timestamptz(3) not null,
  origin text not null check (origin in ('person', 'operator', 'policy_file', 'system')),
  set_by text not null,                                      -- fact: name of whoever set it
  body text not null,                                        -- fact: RFC 8785 JSON of the version; the leaf's bytes
  received_at timestamptz(3) not null,
  salt bytea not null check (length(salt) = 16),
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  xid xid8 not null default pg_current_xact_id()
);
comment on table setting_version is 'facts: effective-dated settings; no secret ever stands here';
create index setting_version_in_force on setting_version (name, org_id, valid_from desc, id desc);
create index setting_version_unsealed on setting_version (xid, id);
call tally.append_only('setting_version');
alter table setting_version enable row level security;
alter table setting_version force row level security;
create policy org_viewer on setting_version for select to tally_viewer using (
  org_id is null or org_id = any (string_to_array(current_setting('app.org_ids', true), ',')::uuid[])
);
create policy org_app on setting_version to tally_app using (true) with check (true);
create policy org_owner on setting_version to tally_owner using (true) with check (true);

create table source (
  id text collate "C" primary key,
  org_id uuid,                                               -- write-once by use: a Genesys source learns it on first contact
  kind text not null,
  name text not null,
  state text not null default 'active' check (state in ('active', 'paused')),
  config jsonb not null,                                     -- opinion: what is not secret
  secrets_set jsonb not null default '{}',                   -- opinion: secret field -> instant it was last set
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
comment on table source is 'state: connected systems; their secrets stand in secret; each change is journaled';
create index source_org on source (org_id, kind);
call tally.mutable('source');
alter table source enable row level security;
alter table source force row level security;
create policy org_viewer on source for select to tally_viewer using (
  org_id is null or org_id = any (string_to_array(current_setting('app.org_ids', true), ',')::uuid[])
);
create policy org_app on source to tally_app using (true) with check (true);
create policy org_owner on source to tally_owner using (true) with check (true);

create table secret (
  id text collate "C" primary key,
  org_id uuid,
  name text not null,
  version integer not null check (version > 0),
  kek_id text not null,
  wrapped_dek bytea not null,
  nonce bytea not null check (length(nonce) = 12),
  ciphertext bytea not null,
  created_at timestamptz(3) not null,
  constraint secret_version unique nulls not distinct (org_id, name, version)
);
comment on table secret is 'secrets: AES-256-GCM under a key of its own, which SECRETS_KEY wraps; write-only from outside';
call tally.private('secret');
call tally.org_rows('secret');
