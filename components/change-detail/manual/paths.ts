export const decisionsPath = (id: string) => `/api/v1/changes/${encodeURIComponent(id)}/decisions`;
export const attachPreviewPath = (id: string) => `${decisionsPath(id)}/preview`;
export const JUSTIFICATIONS_PATH = '/api/v1/justifications';
