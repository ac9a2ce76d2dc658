-- What a person writes to their own account (password, what they have read) is written as tally_self, whatever their role
-- in the product. Row security holds it to the rows of that person, so that a route with a fault cannot reach another's.
grant usage on schema public, tally to tally_self;

grant select on journal to tally_self;
grant insert (id, org_id, at, actor_kind, actor_id, actor_name, action, object_type, object_id, body, received_at, salt, leaf_hash)
  on journal to tally_self;
create policy self_read on journal for select to tally_self using (actor_id = current_setting('app.viewer_id', true));
create policy self_add on journal for insert to tally_self with check (
  actor_id is not distinct from nullif(current_setting('app.viewer_id', true), '')
  and (org_id is null or org_id = any (string_to_array(current_setting('app.org_ids', true), ',')::uuid[]))
);

grant select, update (read_at) on inbox_item to tally_self;
create policy self on inbox_item to tally_self
  using (org_id = any (string_to_array(current_setting('app.org_ids', true), ',')::uuid[]) and user_id = current_setting('app.viewer_id', true))
  with check (org_id = any (string_to_array(current_setting('app.org_ids', true), ',')::uuid[]) and user_id = current_setting('app.viewer_id', true));

grant select (id, name) on app_user to tally_self;

grant select, insert, update (hash, changed_at) on user_password to tally_self;
alter table user_password enable row level security;
alter table user_password force row level security;
create policy self on user_password to tally_self
  using (user_id = current_setting('app.viewer_id', true)) with check (user_id = current_setting('app.viewer_id', true));
create policy app on user_password to tally_app using (true) with check (true);
create policy owner on user_password to tally_owner using (true) with check (true);

grant select (id, user_id, revoked_at), update (revoked_at, revoked_reason) on user_session to tally_self;
alter table user_session enable row level security;
alter table user_session force row level security;
create policy self on user_session to tally_self
  using (user_id = current_setting('app.viewer_id', true)) with check (user_id = current_setting('app.viewer_id', true));
create policy app on user_session to tally_app using (true) with check (true);
create policy owner on user_session to tally_owner using (true) with check (true);
