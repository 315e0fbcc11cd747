// By when an order must ship, as its file and the rule book tell.
import type { PolicyPack } from '../compensation/policy.ts';
import type { OrderDraft } from '../order-draft.ts';
import type { ShipBy } from './order.ts';

const hourMs = 3_600_000;

/**
 * The date promised in the file; else the paid time plus the pack's hours. None for a presale without a promised date
 * (its clock starts when the shop says so), nor for an order whose paid time is unknown.
 */
export function shipByOf(
  draft: Pick<OrderDraft, 'promisedShipAt' | 'paidAt' | 'presale'>,
  pack: Pick<PolicyPack, 'shipWithinHours'>,
): ShipBy | undefined {
  if (draft.promisedShipAt !== undefined) return { at: draft.promisedShipAt, basis: 'promised' };
  if (draft.paidAt === undefined || draft.presale) return undefined;
  return { at: draft.paidAt + pack.shipWithinHours * hourMs, basis: 'policy' };
}
