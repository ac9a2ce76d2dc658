export const EXCUSES_PATH = '/api/v1/excuse-rules';
export const EXCUSE_PREVIEW_PATH = '/api/v1/excuse-rules/preview';
export const excuseDecisionsPath = (id: string) => `${EXCUSES_PATH}/${encodeURIComponent(id)}/decisions`;
