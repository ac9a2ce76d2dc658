/** What the server refused or could not do, as its problem+json said it. `status` 0 means that it could not be reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | null;
  /** For whoever reads the server's log. */
  readonly requestId: string | null;
  /** What is wrong with each field of a form, by its path. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(init: {
    status: number;
    code: string;
    message: string;
    hint?: string | null;
    requestId?: string | null;
    fields?: Readonly<Record<string, string>>;
  }) {
    super(init.message);
    this.name = 'ApiError';
    this.status = init.status;
    this.code = init.code;
    this.hint = init.hint ?? null;
    this.requestId = init.requestId ?? null;
    this.fields = init.fields ?? {};
  }
}
