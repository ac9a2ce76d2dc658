/** Paths that the frame asks on every page; its server part asks the same beforehand. */
export const ME_PATH = '/api/v1/me';
export const ORGANIZATIONS_PATH = '/api/v1/organizations';
