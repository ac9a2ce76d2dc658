-- Accounts, keys and sessions: what is a fact there is out of the application's reach, too.

-- Nobody who did something here is ever forgotten, and an account's address stays what it was.
revoke update, delete on app_user from tally_app;
grant update (name, role, org_scope, state, last_sign_in_at) on app_user to tally_app;

-- What a key may do is fixed when it is made; it is revoked, never changed or deleted.
revoke update, delete on api_key from tally_app;
grant update (last_used_at) on api_key to tally_app;
call tally.write_once('api_key', array['revoked_at']);

revoke update on user_session from tally_app;
grant update (last_seen_at) on user_session to tally_app;
call tally.write_once('user_session', array['revoked_at', 'revoked_reason']);
