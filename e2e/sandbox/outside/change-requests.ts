import { uuidOf } from '../world/chance.ts';
import type { World } from '../world/shapes.ts';

export type ChangeRequest = {
  sysId: string;
  number: string;
  shortDescription: string;
  type: 'normal' | 'standard' | 'emergency';
  state: string;
  approval: 'approved' | 'requested' | 'rejected' | 'not requested';
  startAt: number;
  endAt: number;
  createdAt: number;
  approvalSetAt: number | null;
  rejectedAt: number | null;
  cancelledAt: number | null;
  /** When an approval was taken back. */
  withdrawnAt: number | null;
  /** When it went into state Implement. */
  implementedAt: number | null;
  /** The configuration item's sys_id: the platform's id without its dashes. */
  ciSysId: string;
  approver: string;
  /** Which trace of the approval this request leaves: sys_audit rows, approver rows, or the field alone. */
  trace: 'sys_audit' | 'approver' | 'approval_set';
};

/** A configuration item as a request names it: by the platform's id, or under an id of ServiceNow's own, known by name alone. */
export type NamedItem = { readonly id: string; readonly name: string; readonly byNameAlone?: boolean };

export type ConfigurationItem = { sysId: string; name: string; correlationId: string };

/** The ServiceNow instance: change requests with consecutive numbers, and the items they name. */
export class ServiceNowSite {
  readonly changes = new Map<string, ChangeRequest>();
  readonly items = new Map<string, ConfigurationItem>();
  readonly incidents: Record<string, string>[] = [];
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** Opens a change request. `approvedAt` null: never approved. */
  open(request: {
    summary: string;
    startAt: number;
    endAt: number;
    createdAt: number;
    approvedAt: number | null;
    rejectedAt?: number;
    cancelledAt?: number;
    withdrawnAt?: number;
    implementedAt?: number;
    item?: NamedItem;
    type?: ChangeRequest['type'];
  }): ChangeRequest {
    const count = this.changes.size + 1;
    const number = `CHG${String(31_000 + count).padStart(7, '0')}`;
    const sysId = uuidOf(this.world.seed, `servicenow/${number}`).replaceAll('-', '');
    const traces = ['sys_audit', 'approver', 'approval_set'] as const;
    const made: ChangeRequest = {
      sysId,
      number,
      shortDescription: request.summary,
      type: request.type ?? 'normal',
      state:
        request.cancelledAt !== undefined
          ? '4'
          : request.implementedAt !== undefined
            ? '-1'
            : request.approvedAt === null || request.withdrawnAt !== undefined
              ? '-3'
              : request.endAt < this.world.anchor
                ? '3'
                : '-2',
      approval:
        request.rejectedAt !== undefined
          ? 'rejected'
          : request.approvedAt === null || request.withdrawnAt !== undefined
            ? 'requested'
            : 'approved',
      startAt: request.startAt,
      endAt: request.endAt,
      createdAt: request.createdAt,
      approvalSetAt: request.approvedAt ?? request.rejectedAt ?? null,
      rejectedAt: request.rejectedAt ?? null,
      cancelledAt: request.cancelledAt ?? null,
      withdrawnAt: request.withdrawnAt ?? null,
      implementedAt: request.implementedAt ?? null,
      ciSysId: request.item === undefined ? '' : this.item(request.item),
      approver: 'Priya Nair',
      // What is dated by history alone always leaves its rows.
      trace: [request.rejectedAt, request.cancelledAt, request.withdrawnAt, request.implementedAt].some(
        (at) => at !== undefined,
      )
        ? 'sys_audit'
        : (traces[count % 3] ?? 'sys_audit'),
    };
    this.changes.set(number, made);
    return made;
  }

  /** A number no request bears. */
  unknownNumber(n: number): string {
    return `CHG${String(9_900_000 + n)}`;
  }

  private item(object: NamedItem): string {
    const sysId = (
      object.byNameAlone ? uuidOf(this.world.seed, `cmdb/${object.name}`) : object.id
    ).replaceAll('-', '');
    const correlationId = object.byNameAlone ? '' : object.id;
    this.items.set(sysId, { sysId, name: object.name, correlationId });
    return sysId;
  }
}
