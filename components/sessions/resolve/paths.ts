export const resolutionsPath = (sessionId: string) =>
  `/api/v1/sessions/${encodeURIComponent(sessionId)}/resolutions`;
export const undoPath = (id: string) => `/api/v1/resolutions/${encodeURIComponent(id)}/undo`;
