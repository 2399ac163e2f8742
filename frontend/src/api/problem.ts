/** RFC 9457 problem details as a typed error. Everything that fails on the way to the server becomes one of these. */
export interface FieldProblem {
  field: string;
  code: string;
  message: string;
}

interface ProblemBody {
  title?: string;
  status?: number;
  code?: string;
  detail?: string;
  errors?: FieldProblem[];
  current?: number;
}

export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  readonly code: string;
  readonly detail: string | null;
  readonly errors: readonly FieldProblem[];
  /** The row's version on the server, with `stale_version`. */
  readonly current: number | null;
  /** Whatever else the server says of it: duplicates, uses, who changed what. */
  readonly extra: Readonly<Record<string, unknown>>;
  /** Seconds to wait, from Retry-After. */
  readonly retryAfter: number | null;

  constructor(status: number, body: ProblemBody, retryAfter: number | null = null) {
    super(body.detail || body.title || body.code || `HTTP ${status}`);
    this.status = status;
    this.code = body.code ?? (status === 0 ? "network" : "unknown");
    this.detail = body.detail ?? null;
    this.errors = body.errors ?? [];
    this.current = body.current ?? null;
    this.extra = body as Record<string, unknown>;
    this.retryAfter = retryAfter;
  }

  static async fromResponse(response: Response): Promise<ApiProblem> {
    const seconds = Number(response.headers.get("Retry-After"));
    const retryAfter = Number.isFinite(seconds) && seconds > 0 ? seconds : null;
    const type = response.headers.get("Content-Type") ?? "";
    // A proxy may answer with HTML; its text helps nobody, so only the status is kept.
    const body = type.includes("json") ? await response.json().catch(() => ({})) : {};
    return new ApiProblem(response.status, isProblemBody(body) ? body : {}, retryAfter);
  }

  static network(): ApiProblem {
    return new ApiProblem(0, { code: "network" });
  }

  /** First message per field, ready for a form; messages without a field stay under "". */
  byField(): Record<string, string> {
    const found: Record<string, string> = {};
    for (const error of this.errors) found[error.field ?? ""] ??= error.message;
    return found;
  }
}

function isProblemBody(value: unknown): value is ProblemBody {
  return typeof value === "object" && value !== null;
}

export function isProblem(error: unknown): error is ApiProblem {
  return error instanceof ApiProblem;
}
