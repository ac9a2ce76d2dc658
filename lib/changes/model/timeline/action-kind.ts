/** What an action comes to, for the shape it is drawn with. */
export const ACTION_KINDS = ['create', 'update', 'delete', 'grant', 'other'] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

const GRANTS = /grant|assign|role|permission|^authorize|pairing/i;
const REMOVALS = /delete|remove|revoke|purge|^deauthorize|clear$/i;
const CREATIONS = /create|add|publish|import/i;
/** Acts that change nothing of the thing they name. */
const NO_CHANGES = /^(view|read|execute|download|listen|export|debug|authenticat\w*|singlelogout\w*)$/i;
/** Things whose members hold rights by being members. */
const RIGHTS = /^(Role|Group|OAuthClient|Organization\w*Trust)$/;

/**
 * The kind of an action. Words nobody knows are updates: something was changed, whatever it is called. Becoming a member of
 * what gives rights is a grant, ceasing to be one a removal.
 */
export function actionKindOf(action: string, entityType = ''): ActionKind {
  if (RIGHTS.test(entityType) && /^member(add|update)$/i.test(action)) return 'grant';
  // `RoleRemove` takes a right away: it is no grant, though it names one.
  if (GRANTS.test(action) && !REMOVALS.test(action)) return 'grant';
  if (REMOVALS.test(action)) return 'delete';
  if (CREATIONS.test(action)) return 'create';
  return NO_CHANGES.test(action) ? 'other' : 'update';
}
